// Convolution of eight images with square kernels, and max-pooling; one image a lane.
#pragma once

// Images and kernels. Counts are in vectors; pixel (y, x) of the image is vector `(y * width + x) *
// pixel`.
typedef struct {
  // Kernels, one after the other row by row, and one number each to start from.
  const double *weights;
  const double *biases;
  const double *image;
  // Maps of `rows` × `columns` without gaps, one a kernel.
  double *maps;
  long kernels;
  long kernel;
  long stride;
  long width;
  long pixel;
  long rows;
  long columns;
  // Whether kernels are turned by half a circle: weight w meets what the last but w meets
  // otherwise.
  int turned;
} GlissadeConvolution;

// maps[m][o] = max(bias[m] + Σ_w weights[m][w] image[what w meets at place o], 0): one chain of
// fused multiply-adds over the pixels that a kernel covers, row by row. NaN stays.
void glissade_convolve(const GlissadeConvolution *c);

// gradient[m][w] += Σ_o maps[m][o] · image[what w meets at place o]: one chain in rising o, then
// across lanes
// ((0+4)+(2+6)) + ((1+5)+(3+7)). The same without the image for biases, which follow all weights:
// gradient[weights + m] += Σ_o maps[m][o]. `maps` holds the gradients by the maps.
void glissade_convolution_gradient(const GlissadeConvolution *c, double *gradient);

// Maps of `height` × `width`, pooled by windows of `size` into `rows` × `columns`; windows end
// where the map does. The value of window n of all maps is vector `n * stride`.
typedef struct {
  double *maps;
  double *values;
  const double *gradients;
  long count;
  long height;
  long width;
  long size;
  long rows;
  long columns;
  long stride;
} GlissadePooling;

// The largest value of each window; NaN where its first is NaN, else what is NaN is left out.
void glissade_pool(const GlissadePooling *p);

// Turns maps into gradients by them: a window's gradient goes to its first pixel that holds the
// value, if that is above zero.
void glissade_unpool(const GlissadePooling *p);
