#pragma once
// EK_CLONES before a function with the loops that take the time: one version for AVX2 with FMA
// beside the portable one, chosen when the program starts. What the two give differs by rounding.
// Such a function must not take memory for better aligned than it is: std::vector<double> is
// aligned to 16 bytes.

#if defined(__x86_64__) && defined(__OPTIMIZE__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define EK_CLONES __attribute__((target_clones("arch=haswell", "default")))
#else
#define EK_CLONES
#endif
