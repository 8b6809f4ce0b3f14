// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/kernels/winograd_kernels.h"

namespace p2l::winograd {

extern const Kernels portable;
#ifdef P2L_X86_KERNELS
extern const Kernels avx2, avx512;
#endif

KernelList availableKernels() {
  KernelList list{};
#ifdef P2L_X86_KERNELS
  __builtin_cpu_init();
  const bool v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2");
  if (v3 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512cd"))
    list.sets[list.count++] = &avx512;
  if (v3) list.sets[list.count++] = &avx2;
#endif
  list.sets[list.count++] = &portable;
  return list;
}

}  // namespace p2l::winograd
