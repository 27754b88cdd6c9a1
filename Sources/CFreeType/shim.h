#pragma once
/* FreeType and libpng, as Swift can use them. Holds no state. */
#if !__has_include(<ft2build.h>)
#error "FreeType is missing: apt-get install libfreetype-dev"
#endif
#if !__has_include(<png.h>)
#error "libpng is missing: apt-get install libpng-dev"
#endif
#include <ft2build.h>
#include FT_FREETYPE_H
#include <png.h>
#include <stdint.h>
#include <string.h>

/* A glyph as coverage, 0 to 255, row by row; valid until the next call with the same face. */
struct glissade_glyph {
  const uint8_t *pixels;
  int width, rows, pitch;
  int left; /* from the pen to the first column */
  int top;  /* from the baseline up to the first row */
};

/* Opens a font and sets its size in 64ths of a pixel; 0 or FreeType's error. */
static inline int glissade_font_open(FT_Library library, const char *path, int size,
                                     FT_Face *face) {
  FT_Error error = FT_New_Face(library, path, 0, face);
  if (error) return error;
  /* At 72 dots an inch a point is a pixel. */
  error = FT_Set_Char_Size(*face, 0, size, 72, 72);
  if (error) FT_Done_Face(*face);
  return error;
}

/* Whether the font has a scalar. */
static inline int glissade_font_has(FT_Face face, uint32_t scalar) {
  return FT_Get_Char_Index(face, scalar) != 0;
}

/* Draws a scalar (the font's own box when it is missing), hinted lightly; 0 or FreeType's error. */
static inline int glissade_font_draw(FT_Face face, uint32_t scalar, struct glissade_glyph *glyph) {
  FT_Error error = FT_Load_Char(face, scalar, FT_LOAD_RENDER | FT_LOAD_TARGET_LIGHT);
  if (error) return error;
  FT_Bitmap *bitmap = &face->glyph->bitmap;
  if (bitmap->pixel_mode != FT_PIXEL_MODE_GRAY && bitmap->rows > 0)
    return FT_Err_Invalid_Pixel_Size;
  glyph->pixels = bitmap->buffer;
  glyph->width = (int)bitmap->width;
  glyph->rows = (int)bitmap->rows;
  glyph->pitch = bitmap->pitch;
  glyph->left = face->glyph->bitmap_left;
  glyph->top = face->glyph->bitmap_top;
  return 0;
}

/* Writes RGB pixels as PNG into `output` of `*size` bytes (NULL: only says how many are needed); 1
   when all went well. The simplified interface catches libpng's long jumps itself. */
static inline int glissade_png(const uint8_t *pixels, int width, int height, void *output,
                               size_t *size) {
  png_image image;
  memset(&image, 0, sizeof image);
  image.version = PNG_IMAGE_VERSION;
  image.width = (png_uint_32)width;
  image.height = (png_uint_32)height;
  image.format = PNG_FORMAT_RGB;
  png_alloc_size_t bytes = *size;
  int done = png_image_write_to_memory(&image, output, &bytes, 0, pixels, 0, NULL);
  *size = bytes;
  png_image_free(&image);
  return done;
}

/* Reads a PNG as RGB into `pixels`, which holds `capacity` bytes (NULL: only the extent); 1 when
 * all went well. */
static inline int glissade_png_read(const void *data, size_t size, int *width, int *height,
                                    uint8_t *pixels, size_t capacity) {
  png_image image;
  memset(&image, 0, sizeof image);
  image.version = PNG_IMAGE_VERSION;
  int done = png_image_begin_read_from_memory(&image, data, size);
  if (done) {
    image.format = PNG_FORMAT_RGB;
    *width = (int)image.width;
    *height = (int)image.height;
    if (pixels) {
      done =
          PNG_IMAGE_SIZE(image) <= capacity && png_image_finish_read(&image, NULL, pixels, 0, NULL);
    }
  }
  png_image_free(&image);
  return done;
}
