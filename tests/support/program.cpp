// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/program.h"

#include <fcntl.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

namespace p2l::test {
namespace {

namespace fs = std::filesystem;

std::string slurp(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

int openNew(const fs::path& path) {
  return ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
}

pid_t start(const std::vector<std::string>& arguments, const std::string& folder, int out, int err) {
  std::vector<char*> argv = {const_cast<char*>(P2L_PROGRAM)};
  for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("fork failed");
  if (child == 0) {
    if (::chdir(folder.c_str()) != 0) ::_exit(126);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(err, STDERR_FILENO);
    ::execv(P2L_PROGRAM, argv.data());
    ::_exit(127);
  }
  return child;
}

int exitCodeOf(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

template <class WhileRunning>
Result run(const std::vector<std::string>& arguments, const std::string& folder, const WhileRunning& while_running) {
  const auto out_path = fs::path(folder) / "stdout.txt";
  const auto err_path = fs::path(folder) / "stderr.txt";
  const int out = openNew(out_path);
  const int err = openNew(err_path);
  const pid_t child = start(arguments, folder, out, err);
  ::close(out);
  ::close(err);
  while_running(child);
  int status = 0;
  ::waitpid(child, &status, 0);
  Result result{exitCodeOf(status), slurp(out_path), slurp(err_path)};
  fs::remove(out_path);
  fs::remove(err_path);
  return result;
}

}  // namespace

std::string referenceFolder() {
  return P2L_TEST_REFERENCE;
}

Result runProgram(const std::vector<std::string>& arguments, const std::string& folder) {
  return run(arguments, folder, [](pid_t) {});
}

Result interruptProgram(const std::vector<std::string>& arguments, const std::string& folder, const std::string& file,
                        int signal) {
  return run(arguments, folder, [&](pid_t child) {
    for (int i = 0; i < 60000 && !fs::exists(file); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    ::kill(child, signal);
  });
}

Result runProgramOnTerminal(const std::vector<std::string>& arguments, const std::string& folder) {
  int terminal = -1, program_side = -1;
  if (::openpty(&terminal, &program_side, nullptr, nullptr, nullptr) != 0) throw std::runtime_error("no terminal");
  const auto out_path = fs::path(folder) / "stdout.txt";
  const int out = openNew(out_path);
  const pid_t child = start(arguments, folder, out, program_side);
  ::close(out);
  ::close(program_side);
  Result result;
  std::array<char, 4096> buffer{};
  // Reading fails with EIO when the program's side is closed.
  for (ssize_t count; (count = ::read(terminal, buffer.data(), buffer.size())) > 0;) {
    result.err.append(buffer.data(), static_cast<std::size_t>(count));
  }
  ::close(terminal);
  int status = 0;
  ::waitpid(child, &status, 0);
  result.exit_code = exitCodeOf(status);
  result.out = slurp(out_path);
  fs::remove(out_path);
  return result;
}

}  // namespace p2l::test
