// SPDX-License-Identifier: GPL-3.0-or-later
// Of both programs: threads that wait give the processor up.
#include <alloca.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace {

/// libgomp reads its environment when it is loaded. Its threads would spin between two tensor operations: they would
/// take the processor from the window, and on a busy machine a run would take many times as long. So the program starts
/// itself anew with the policy set. It does so before any library is initialised, which takes LibTorch a fifth of a
/// second: here are system calls only.
[[maybe_unused]] void yieldBetweenTensorOperations(int, char** arguments, char** environment) {
  constexpr char kPolicy[] = "OMP_WAIT_POLICY=passive";
  constexpr std::size_t kName = 16;  // with the sign
  std::size_t count = 0;
  for (; environment[count] != nullptr; ++count) {
    if (std::strncmp(environment[count], kPolicy, kName) == 0) return;
  }
  auto** with_policy = static_cast<char**>(alloca((count + 2) * sizeof(char*)));
  std::copy_n(environment, count, with_policy);
  with_policy[count] = const_cast<char*>(kPolicy);
  with_policy[count + 1] = nullptr;
  char program[4096] = {};  // by its own name: that is what lists of processes show
  if (readlink("/proc/self/exe", program, sizeof program - 1) <= 0) return;
  execve(program, arguments, with_policy);  // returns only when it fails; then it is merely slower
}

// Sanitizers are not initialised that early.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
__attribute__((section(".preinit_array"), used)) void (*const kBeforeLibraries)(int, char**,
                                                                                char**) = yieldBetweenTensorOperations;
#endif

}  // namespace
