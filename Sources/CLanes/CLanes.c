#include "CLanes.h"

const unsigned int glissade_needed_features = 0
#ifdef __SSE4_2__
    | GLISSADE_SSE4_2
#endif
#ifdef __POPCNT__
    | GLISSADE_POPCNT
#endif
#ifdef __AVX__
    | GLISSADE_AVX
#endif
#ifdef __AVX2__
    | GLISSADE_AVX2
#endif
#ifdef __FMA__
    | GLISSADE_FMA
#endif
#ifdef __BMI__
    | GLISSADE_BMI
#endif
#ifdef __BMI2__
    | GLISSADE_BMI2
#endif
#ifdef __AVX512F__
    | GLISSADE_AVX512F
#endif
#ifdef __AVX512CD__
    | GLISSADE_AVX512CD
#endif
#ifdef __AVX512BW__
    | GLISSADE_AVX512BW
#endif
#ifdef __AVX512DQ__
    | GLISSADE_AVX512DQ
#endif
#ifdef __AVX512VL__
    | GLISSADE_AVX512VL
#endif
#ifdef __AVX512VBMI__
    | GLISSADE_AVX512VBMI
#endif
#ifdef __AVX512VBMI2__
    | GLISSADE_AVX512VBMI2
#endif
#ifdef __AVX512IFMA__
    | GLISSADE_AVX512IFMA
#endif
#ifdef __AVX512VNNI__
    | GLISSADE_AVX512VNNI
#endif
#ifdef __AVX512BITALG__
    | GLISSADE_AVX512BITALG
#endif
#ifdef __AVX512VPOPCNTDQ__
    | GLISSADE_AVX512VPOPCNTDQ
#endif
#ifdef __GFNI__
    | GLISSADE_GFNI
#endif
#ifdef __ARM_FEATURE_SVE
    | GLISSADE_SVE
#endif
    ;

#ifndef GLISSADE_BUILD_MARCH
#define GLISSADE_BUILD_MARCH "unknown"
#endif

const char *glissade_build_march(void) { return GLISSADE_BUILD_MARCH; }

int glissade_build_vector_bits(void) {
#if defined(__AVX512F__)
  return 512;
#elif defined(__AVX2__)
  return 256;
#else
  return 128;
#endif
}
