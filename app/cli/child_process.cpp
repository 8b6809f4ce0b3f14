// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/child_process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "core/types/error.h"

namespace p2l::cli {
namespace {

std::string readToEnd(int fd) {
  std::string text;
  std::array<char, 4096> buffer{};
  while (true) {
    const auto count = ::read(fd, buffer.data(), buffer.size());
    if (count > 0) text.append(buffer.data(), static_cast<std::size_t>(count));
    if (count == 0 || (count < 0 && errno != EINTR)) return text;
  }
}

}  // namespace

std::string outputOf(const std::vector<std::string>& arguments) {
  std::vector<char*> argv;
  for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);

  int ends[2];
  require(::pipe2(ends, O_CLOEXEC) == 0, "No pipe can be made: ", std::strerror(errno), ".");
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  pid_t child = 0;
  const int error = ::posix_spawnp(&child, argv[0], &actions, nullptr, argv.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  if (error != 0) {
    ::close(ends[0]);
    throw Error(concat(arguments.front(), " cannot be started: ", std::strerror(error), "."));
  }
  auto output = readToEnd(ends[0]);
  ::close(ends[0]);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  require(
      WIFEXITED(status) && WEXITSTATUS(status) == 0, arguments.front(), " ended with an error",
      WIFEXITED(status) ? concat(" (exit code ", WEXITSTATUS(status), ")") : concat(" (signal ", WTERMSIG(status), ")"),
      ".");
  return output;
}

}  // namespace p2l::cli
