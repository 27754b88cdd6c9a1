#include "CProcessorGuard.h"

#include <stdio.h>
#include <unistd.h>

#include "CLanes.h"

// This file is compiled for the architecture's baseline, so that it runs everywhere.

#if defined(__aarch64__) && defined(__linux__)
#include <sys/auxv.h>
#endif

unsigned int glissade_offered_features(void) {
  unsigned int offered = 0;
#if defined(__x86_64__) || defined(__i386__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("sse4.2")) offered |= GLISSADE_SSE4_2;
  if (__builtin_cpu_supports("popcnt")) offered |= GLISSADE_POPCNT;
  if (__builtin_cpu_supports("avx")) offered |= GLISSADE_AVX;
  if (__builtin_cpu_supports("avx2")) offered |= GLISSADE_AVX2;
  if (__builtin_cpu_supports("fma")) offered |= GLISSADE_FMA;
  if (__builtin_cpu_supports("bmi")) offered |= GLISSADE_BMI;
  if (__builtin_cpu_supports("bmi2")) offered |= GLISSADE_BMI2;
  if (__builtin_cpu_supports("avx512f")) offered |= GLISSADE_AVX512F;
  if (__builtin_cpu_supports("avx512cd")) offered |= GLISSADE_AVX512CD;
  if (__builtin_cpu_supports("avx512bw")) offered |= GLISSADE_AVX512BW;
  if (__builtin_cpu_supports("avx512dq")) offered |= GLISSADE_AVX512DQ;
  if (__builtin_cpu_supports("avx512vl")) offered |= GLISSADE_AVX512VL;
  if (__builtin_cpu_supports("avx512vbmi")) offered |= GLISSADE_AVX512VBMI;
  if (__builtin_cpu_supports("avx512vbmi2")) offered |= GLISSADE_AVX512VBMI2;
  if (__builtin_cpu_supports("avx512ifma")) offered |= GLISSADE_AVX512IFMA;
  if (__builtin_cpu_supports("avx512vnni")) offered |= GLISSADE_AVX512VNNI;
  if (__builtin_cpu_supports("avx512bitalg")) offered |= GLISSADE_AVX512BITALG;
  if (__builtin_cpu_supports("avx512vpopcntdq")) offered |= GLISSADE_AVX512VPOPCNTDQ;
  if (__builtin_cpu_supports("gfni")) offered |= GLISSADE_GFNI;
#elif defined(__aarch64__) && defined(__linux__)
  const unsigned long sve = 1UL << 22;  // HWCAP_SVE
  if (getauxval(AT_HWCAP) & sve) offered |= GLISSADE_SVE;
#else
  offered = ~0U;
#endif
  return offered;
}

// The levels of x86-64, as compilers name them.
enum {
  LEVEL_2 = GLISSADE_SSE4_2 | GLISSADE_POPCNT,
  LEVEL_3 = LEVEL_2 | GLISSADE_AVX | GLISSADE_AVX2 | GLISSADE_FMA | GLISSADE_BMI | GLISSADE_BMI2,
  LEVEL_4 = LEVEL_3 | GLISSADE_AVX512F | GLISSADE_AVX512CD | GLISSADE_AVX512BW | GLISSADE_AVX512DQ
      | GLISSADE_AVX512VL,
};

size_t glissade_guard_line(unsigned int needed, unsigned int offered, char *line, size_t size) {
  const unsigned int lacking = needed & ~offered;
  if (lacking == 0) return 0;

  const char *what = "newer AVX-512 extensions";
  if (lacking & GLISSADE_SVE) what = "SVE";
  else if (lacking & GLISSADE_AVX512F) what = "AVX-512 (x86-64-v4)";
  else if (lacking & (LEVEL_3 & ~LEVEL_2)) what = "AVX2 and FMA (x86-64-v3)";
  else if (lacking & LEVEL_2) what = "SSE4.2 (x86-64-v2)";
  else if (lacking & LEVEL_4) what = "all of AVX-512 (x86-64-v4)";

  const char *instead = "x86-64";
  if (lacking & GLISSADE_SVE) instead = "armv8-a";
  else if ((offered & LEVEL_4) == LEVEL_4) instead = "x86-64-v4";
  else if ((offered & LEVEL_3) == LEVEL_3) instead = "x86-64-v3";
  else if ((offered & LEVEL_2) == LEVEL_2) instead = "x86-64-v2";

  const int length = snprintf(
      line, size,
      "glissade: this build needs %s, which this processor lacks; build with GLISSADE_MARCH=%s\n",
      what, instead);
  return length < 0 ? 0 : (size_t)length < size ? (size_t)length : size - 1;
}

// Early, before constructors that may already use what is lacking.
__attribute__((constructor(101))) static void glissade_guard(void) {
  char line[200];
  const size_t length =
      glissade_guard_line(glissade_needed_features, glissade_offered_features(), line, sizeof line);
  if (length == 0) return;
  // Nothing more can be done about an error here.
  (void)!write(STDERR_FILENO, line, length);
  _exit(1);
}
