// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "core/api/files.h"
#include "core/api/session.h"
#include "core/io/base64.h"
#include "core/request/report.h"
#include "core/request/request.h"
#include "core/types/error.h"
#include "core/types/image.h"
#include "tests/support/png_bytes.h"
#include "tests/support/program.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using Arguments = std::vector<std::string>;
using test::Result;

constexpr const char* kTasks[] = {"sr", "gaussian-blur", "motion-blur", "inpaint", "random-drop"};

std::string slurp(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void spill(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

Image waves(int width, int height, int channels = 3) {
  Image image(width, height, channels);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      for (int c = 0; c < channels; ++c) image.at(x, y, c) = 0.5f + 0.4f * std::sin(0.15f * x + 0.1f * y * (c + 1));
    }
  }
  return image;
}

class CommandLine : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("p2l cli é " + std::to_string(::getpid()) +
                                                ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
    writePhoto(waves(64, 64), at("photo.png"), "");
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string at(const std::string& name) const { return (folder_ / name).string(); }
  Result p2l(const Arguments& arguments) const { return test::runProgram(arguments, folder_.string()); }
  /// A quick restoration with these arguments added.
  Arguments restoring(const Arguments& more) const {
    Arguments arguments = {"restore", "photo.png", "--task", "sr",    "--steps",
                           "3",       "--threads", "1",      "--out", "out.png"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }
  /// One sentence on the standard error stream, nothing else anywhere, and no picture.
  void expectRefusal(const Arguments& arguments, int exit_code, const std::string& sentence) const {
    const auto result = p2l(arguments);
    std::string words;
    for (const auto& argument : arguments) words += argument + " ";
    EXPECT_EQ(result.exit_code, exit_code) << words << "\n" << result.err;
    EXPECT_NE(result.err.find(sentence), std::string::npos) << words << "\nexpected: " << sentence << "\n"
                                                            << result.err;
    EXPECT_TRUE(result.err.starts_with("p2l: ")) << result.err;
    EXPECT_EQ(result.out, "") << words;
    const long lines = std::count(result.err.begin(), result.err.end(), '\n');
    EXPECT_EQ(lines, exit_code == 2 ? 2 : 1) << result.err;  // bad usage ends with a hint
    EXPECT_FALSE(fs::exists(at("out.png"))) << words;
  }

  /// A picture file as a report's web page links it.
  std::string linked(const std::string& name) const {
    const auto bytes = slurp(at(name));
    return "<a href=\"data:image/png;base64," +
           base64FromBytes({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}) + "\" download=\"" +
           name + "\">picture</a>\n";
  }

  fs::path folder_;
};

/// What stands around the pictures of a report's web page.
const std::string kPageHead = "<!DOCTYPE html>\n<html><body>\n",
                  kPageRequest = "<pre id=\"request\">{}</pre></body></html>\n";

TEST_F(CommandLine, HelpAndVersion) {
  for (const Arguments& arguments : {Arguments{"--help"},
                                     {"restore", "--help"},
                                     {"degrade", "--help"},
                                     {"sample", "--help"},
                                     {"evaluate", "--help"},
                                     {"ladder", "--help"},
                                     {"analyse", "--help"},
                                     {"analyse", "spread", "--help"},
                                     {"list", "--help"},
                                     {"show-model", "--help"},
                                     {"selftest", "--help"},
                                     {"train", "--help"},
                                     {"bench", "--help"}}) {
    const auto result = p2l(arguments);
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_NE(result.out.find("Usage: p2l"), std::string::npos);
  }
  EXPECT_TRUE(p2l({"--version"}).out.starts_with("p2l "));
}

TEST_F(CommandLine, ListsShowParametersRangesAndDefaults) {
  const auto solvers = p2l({"list", "solvers"});
  EXPECT_EQ(solvers.exit_code, 0);
  for (const char* key : {"K ", "gamma", "lambda", "rho", "lr", "rho_schedule", "z_update", "projection", "cg_steps",
                          "adam_reset", "ldps", "a whole number from 0 to 20", "one of gd, adam"}) {
    EXPECT_NE(solvers.out.find(key), std::string::npos) << key;
  }
  const auto json = Json::parse(p2l({"list", "solvers", "--json"}).out);
  ASSERT_GE(json.size(), 2u);
  EXPECT_EQ(json[0]["id"], "p2l");
  EXPECT_EQ(json[0]["parameters"][0]["key"], "K");
  EXPECT_EQ(json[0]["parameters"][0]["maximum"], 20);
  const auto tasks = Json::parse(p2l({"list", "degradations", "--json"}).out);
  for (std::size_t i = 0; i < std::size(kTasks); ++i) EXPECT_EQ(tasks[i]["id"], kTasks[i]);
  EXPECT_EQ(Json::parse(p2l({"list", "models", "--json"}).out)[0]["name"], "p2l-tiny");
  EXPECT_GE(Json::parse(p2l({"list", "presets", "--json"}).out).size(), 18u);
  EXPECT_EQ(Json::parse(p2l({"list", "sampler", "--json"}).out)[0]["key"], "steps");
  for (const char* what : {"degradations", "models", "presets", "sampler", "noises", "options", "metrics"})
    EXPECT_FALSE(p2l({"list", what}).out.empty());
  // Every row of the options' lists is an option of the command line.
  const auto help = p2l({"restore", "--help"}).out;
  for (const auto& row : Json::parse(p2l({"list", "options", "--json"}).out)) {
    auto flag = "--" + row["key"].get<std::string>();
    std::replace(flag.begin(), flag.end(), '_', '-');
    EXPECT_NE(help.find(flag + " "), std::string::npos) << flag;
  }
  EXPECT_EQ(Json::parse(p2l({"list", "noises", "--json"}).out)[1]["id"], "poisson");
  EXPECT_EQ(Json::parse(p2l({"list", "metrics", "--json"}).out)[0]["key"], "psnr");
}

TEST_F(CommandLine, ShowModelDescribesParts) {
  const auto result = p2l({"show-model", "p2l-tiny"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.out.find("UNet2DConditionModel"), std::string::npos) << result.out;
  expectRefusal({"show-model", "nothing-here"}, 1, "nothing-here");
}

TEST_F(CommandLine, ModelOptionsReachTheModelAndTheReport) {
  const auto vae = test::referenceFolder() + "/models/taesd-mini", model = test::referenceFolder() + "/models/sd2-mini";
  expectRefusal(restoring({"--prediction", "noise"}), 2, "epsilon, v_prediction");
  expectRefusal({"show-model", at("photo.png")}, 1, "photo.png");

  const auto shown = p2l({"show-model", model, "--vae", vae, "--prediction", "epsilon"});
  EXPECT_EQ(shown.exit_code, 0) << shown.err;
  EXPECT_NE(shown.out.find("AutoencoderTiny"), std::string::npos) << shown.out;
  EXPECT_NE(shown.out.find("prediction type  epsilon"), std::string::npos) << shown.out;

  const auto result = p2l(restoring({"--model", model, "--vae", vae, "--prediction", "epsilon", "--report", "r.json"}));
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const auto report = Json::parse(slurp(at("r.json")));
  EXPECT_EQ(report["request"]["vae"], vae);
  EXPECT_EQ(report["request"]["prediction"], "epsilon");
  EXPECT_EQ(report["model"]["prediction_type"], "epsilon");
  EXPECT_EQ(report["model"]["sha256"].get<std::string>().size(), 64u);
}

TEST_F(CommandLine, SelfTestPrintsAVerdict) {
  const auto good = p2l({"selftest", "--device", "cpu"});
  EXPECT_EQ(good.exit_code, 0) << good.out << good.err;
  for (const auto* part :
       {"Text encoder", "UNet", "Encoder", "Decoder", "diffusers", "its adjoint", "P2L, 5 steps", "checks passed."}) {
    EXPECT_NE(good.out.find(part), std::string::npos) << part << " in " << good.out;
  }
  const auto other = p2l({"selftest", "--device", "cpu", "--model", test::referenceFolder() + "/models/sd2-mini"});
  EXPECT_EQ(other.exit_code, 0) << other.out << other.err;
  if (p2l({"selftest", "--device", "cuda:0"}).exit_code != 0)  // no GPU here
    expectRefusal({"selftest", "--device", "cuda"}, 1, "no CUDA device");
}

/// The embedded model with other weights must not pass: its stored numbers are diffusers' with the right ones.
TEST_F(CommandLine, SelfTestFindsWrongWeights) {
  fs::copy(p2l::resourceFolder(), at("resources"), fs::copy_options::recursive);
  const auto path = at("resources/models/p2l-tiny/vae/diffusion_pytorch_model.safetensors");
  fs::permissions(path, fs::perms::owner_write, fs::perm_options::add);
  auto bytes = slurp(path);
  for (std::size_t i = bytes.size() - 64; i < bytes.size(); i += 2) std::swap(bytes[i], bytes[i + 1]);
  spill(path, bytes);
  setenv("P2L_RESOURCES", at("resources").c_str(), 1);
  const auto result = p2l({"selftest", "--device", "cpu"});
  unsetenv("P2L_RESOURCES");
  EXPECT_EQ(result.exit_code, 1) << result.out;
  EXPECT_NE(result.out.find("FAILED"), std::string::npos) << result.out << result.err;
  EXPECT_NE(result.out.find("checks failed."), std::string::npos) << result.out;
}

TEST_F(CommandLine, BadUsageIsExitCodeTwo) {
  expectRefusal({}, 2,
                "A command is missing: restore, degrade, sample, evaluate, metrics, ladder, analyse, train, "
                "inspect, list, show-model, selftest, bench, completion, manual.");
  expectRefusal({"enhance"}, 2, "enhance");
  expectRefusal({"list", "colours"}, 2, "colours");
  expectRefusal({"restore", "photo.png", "--task", "sr"}, 2, "--out");
  expectRefusal({"restore", "--task", "sr", "--out", "out.png"}, 2, "The photo is missing.");
  expectRefusal({"restore", "photo.png", "--out", "out.png"}, 2,
                "The task is missing: --task sr|gaussian-blur|motion-blur|inpaint|random-drop|");
  expectRefusal({"restore", "photo.png", "--task", "fog", "--out", "out.png"}, 2, "There is no task \"fog\"");
  expectRefusal(restoring({"--solver", "magic"}), 2, "There is no solver \"magic\"; there are: p2l, ldps");
  expectRefusal(restoring({"--preset", "none"}), 2, "There is no preset \"none\"");
  expectRefusal(restoring({"--preset", "foo"}), 2, "that are spelt otherwise (see `p2l list presets`).");
  expectRefusal(restoring({"--preset", "p2l-tiny-inpaint"}), 2,
                "The preset p2l-tiny-inpaint is for the task inpaint, not for sr: choose a preset of that task, "
                "or leave out the preset and set values.");
  expectRefusal(restoring({"--wrong"}), 2, "--wrong");
  expectRefusal(restoring({"another.png"}), 2, "another.png");
  expectRefusal(restoring({"--set", "k=3"}), 2, "solver p2l has no parameter k; it has K, gamma");
  expectRefusal(restoring({"--set", "K=21"}), 2, "K must be a whole number from 0 to 20, found 21.");
  expectRefusal(restoring({"--set", "K=three"}), 2, "K must be a whole number from 0 to 20, found three.");
  expectRefusal(restoring({"--set", "K"}), 2, "--set takes key=value, found K.");
  expectRefusal(restoring({"--set", "z_update=sgd"}), 2, "z_update must be one of gd, adam, found sgd.");
  expectRefusal(restoring({"--solver", "ldps", "--set", "K=3"}), 2,
                "solver ldps has no parameter K; it has rho, rho_side.");
  expectRefusal(restoring({"--sampler", "stride=3"}), 2, "sampler has no parameter stride; it has steps");
  expectRefusal(restoring({"--guidance", "-1"}), 2, "guidance must be a number from 0 to 30, found -1.");
  expectRefusal(restoring({"--solver", "treg", "--guidance", "3"}), 2,
                "The solver treg guides by itself: the sampler's guidance must be 1, found 3;");
  expectRefusal({"restore", "photo.png", "--task", "sr", "--steps", "0", "--out", "out.png"}, 2,
                "steps must be a whole number from 1 to 1000, found 0.");
  expectRefusal(restoring({"--factor", "1"}), 2, "factor must be a whole number from 2 to 16, found 1.");
  expectRefusal(restoring({"--deg", "scale=2"}), 2, "task sr has no parameter scale; it has factor.");
  expectRefusal(restoring({"--sigma", "3"}), 2, "--sigma does not belong to the task sr, which takes --factor.");
  expectRefusal(restoring({"--mask", "photo.png"}), 2, "The task sr takes no mask, found photo.png.");
  expectRefusal(restoring({"--kernel", "photo.png"}), 2, "The task sr takes no kernel, found photo.png.");
  expectRefusal(restoring({"--noise", "-1"}), 2, "noise must be a number from 0 to 2");
  expectRefusal(restoring({"--noise", "loud"}), 2, "loud");
  expectRefusal(restoring({"--size", "8"}), 2, "size must be 0");
  expectRefusal(restoring({"--seed", "-1"}), 2, "--seed");
  expectRefusal(restoring({"--seed", "18446744073709551616"}), 2, "--seed");
  expectRefusal(restoring({"--device", "gpu"}), 2, "device must be auto, cpu, cuda:N (such as cuda:0) or mps");
  expectRefusal(restoring({"--threads", "0"}), 2, "--threads");
}

TEST_F(CommandLine, OutputsThatAreInputsAreRefused) {
  const auto before = slurp(at("photo.png"));
  const auto result = p2l({"restore", "photo.png", "--task", "sr", "--out", "./photo.png"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_NE(result.err.find("./photo.png is an input of this command"), std::string::npos) << result.err;
  EXPECT_EQ(slurp(at("photo.png")), before);
}

/// Every output of every command, onto every input and onto each other: nothing is touched.
TEST_F(CommandLine, NoOutputDestroysAnInputOrAnotherOutput) {
  writePhoto(waves(64, 64, 1), at("mask.png"), "");
  writePhoto(waves(9, 9, 1), at("kernel.png"), "");
  for (const char* name : {"z.safetensors", "y.safetensors", "C.safetensors"}) spill(at(name), "tensors");
  fs::copy(resourceFolder() + "/models/p2l-tiny", at("model"), fs::copy_options::recursive);
  fs::create_symlink("photo.png", at("soft.png"));
  fs::create_hard_link(at("photo.png"), at("hard.png"));
  fs::create_directory(at("steps"));
  fs::copy(at("photo.png"), at("steps/step_0002.png"));
  fs::create_directory(at("photos"));
  for (const char* name : {"sheet.png", "plot.png", "mean.png", "projection.png", "evolution.png", "1-p2l.png"})
    fs::copy(at("photo.png"), at("photos/" + std::string(name)));
  spill(at("request.json"), jsonFromRequest(RestoreRequest()));
  const auto weights = "model/unet/diffusion_pytorch_model.safetensors";
  std::map<std::string, std::string> before;
  for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
    if (entry.is_regular_file()) before[entry.path().string()] = slurp(entry.path());
  }

  const Arguments inpaint = {"restore", "photo.png", "--task", "inpaint", "--mask", "mask.png", "--model", "model"};
  const Arguments blur = {"restore", "photo.png", "--task", "motion-blur", "--kernel", "kernel.png"};
  const auto with = [](Arguments arguments, const Arguments& more) {
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  };
  std::vector<Arguments> refused;
  for (const char* output : {"--report", "--dump", "--save-embedding"}) {
    for (const char* input : {"photo.png", "soft.png", "hard.png", "mask.png", weights, "out.png"})
      refused.push_back(with(inpaint, {"--out", "out.png", output, input}));
    refused.push_back(with(blur, {"--out", "out.png", output, "kernel.png"}));
    refused.push_back(with(blur, {"--out", "out.png", "--embedding", "C.safetensors", output, "C.safetensors"}));
    refused.push_back(with(blur, {"--out", "out.png", "--initial-latent", "z.safetensors", output, "z.safetensors"}));
    refused.push_back(with(blur, {"--out", "out.png", "--measurement", "y.safetensors", output, "y.safetensors"}));
    refused.push_back(with(blur, {"--out", "out.png", "--request", "request.json", output, "request.json"}));
  }
  for (const char* input : {"photo.png", "mask.png", "hard.png"}) {
    refused.push_back(with(inpaint, {"--out", input}));
    refused.push_back(with(inpaint, {"--out", "out.png", "--measurement-out", input}));
  }
  refused.push_back(with(inpaint, {"--out", "out.png", "--measurement-out", "./out.png"}));
  refused.push_back(with(inpaint, {"--out", "out.png", "--report", "a", "--dump", "a"}));
  refused.push_back({"restore", "steps/step_0002.png", "--task", "sr", "--out", "out.png", "--snapshots", "steps"});
  refused.push_back(with(inpaint, {"--out", "steps/step_0001.png", "--snapshots", "steps"}));
  for (const char* output : {"--plain-out", "--truth-out", "--telea-out", "--report"}) {
    for (const char* other : {"photo.png", "mask.png", "out.png"}) {
      refused.push_back(
          {"degrade", "photo.png", "--task", "inpaint", "--mask", "mask.png", "--out", "out.png", output, other});
    }
  }
  const auto photo = [](const char* name) { return "photos/" + std::string(name); };
  refused.push_back({"analyse", "round-trip", photo("plot.png"), "--out", "photos"});
  refused.push_back({"analyse", "spread", photo("mean.png"), "--task", "sr", "--out", "photos"});
  refused.push_back({"analyse", "projection", photo("projection.png"), "--task", "sr", "--out", "photos"});
  refused.push_back({"analyse", "evolution", photo("evolution.png"), "--task", "sr", "--out", "photos"});
  refused.push_back({"ladder", photo("1-p2l.png"), "--task", "sr", "--out", "photos"});
  refused.push_back({"train", "latent", "photos", "--from", "model", "--out", "."});

  for (const auto& arguments : refused) {
    std::string words;
    for (const auto& argument : arguments) words += argument + " ";
    const auto result = p2l(arguments);
    EXPECT_EQ(result.exit_code, 2) << words << "\n" << result.err;
    EXPECT_TRUE(result.err.find("input of this command") != std::string::npos ||
                result.err.find("give ") != std::string::npos)
        << words << "\n"
        << result.err;
  }
  for (const auto& [path, bytes] : before) EXPECT_EQ(slurp(path), bytes) << path;
}

TEST_F(CommandLine, AnOutputWithoutANameIsRefused) {
  for (const char* output : {"--out", "--measurement-out", "--report", "--save-embedding", "--dump"})
    expectRefusal({"restore", "photo.png", "--task", "sr", "--out", "o.png", output, ""}, 2,
                  concat(output, ": the name of the file is empty"));
  expectRefusal(restoring({"--snapshots", ""}), 2, "--snapshots: the name of the folder is empty");
  for (const char* output : {"--out", "--plain-out", "--truth-out", "--telea-out", "--report"})
    expectRefusal({"degrade", "photo.png", "--task", "sr", "--out", "o.png", output, ""}, 2,
                  concat(output, ": the name of the file is empty"));
  const auto folder = "--out: the name of the folder is empty";
  expectRefusal({"evaluate", "photo.png", "--out", ""}, 2, folder);
  expectRefusal({"ladder", "photo.png", "--task", "sr", "--out", ""}, 2, folder);
  expectRefusal({"sample", "--out", ""}, 2, folder);
  expectRefusal({"train", "latent", "photo.png", "--out", ""}, 2, folder);
  expectRefusal({"metrics", "fetch", "--out", ""}, 2, folder);
  for (const char* part : {"spread", "projection", "evolution"})
    expectRefusal({"analyse", part, "photo.png", "--task", "sr", "--out", ""}, 2, folder);
  expectRefusal({"analyse", "round-trip", "photo.png", "--out", ""}, 2, folder);
  EXPECT_FALSE(fs::exists(at("o.png")));
}

TEST_F(CommandLine, ANumberIsNotEmpty) {
  for (const char* option : {"--noise", "--size", "--threads", "--seed", "--measurement-seed"})
    expectRefusal(restoring({option, ""}), 2, option);
  for (const char* option : {"--noise", "--size", "--measurements", "--threads", "--steps", "--seed"})
    expectRefusal({"evaluate", "photo.png", "--out", "out", option, ""}, 2,
                  option == std::string("--steps") ? "steps" : option);
  expectRefusal({"analyse", "round-trip", "photo.png", "--out", "out", "--noise", ""}, 2, "--noise");
  expectRefusal({"sample", "--count", "", "--out", "out"}, 2, "--count");
}

TEST_F(CommandLine, AKernelIsNamedInWhatIsWrongWithIt) {
  writePhoto(Image(4, 5, 1), at("even.png"), "");
  writePhoto(Image(5, 5, 1), at("black.png"), "");
  const auto blur = [](const char* kernel) {
    return Arguments{"degrade", "photo.png", "--task", "motion-blur", "--kernel", kernel, "--out", "o.png"};
  };
  expectRefusal(blur("even.png"), 1, "even.png is 4 x 5 pixels large: a kernel's sides are odd");
  expectRefusal(blur("black.png"), 1, "black.png is no kernel: the sum of its weights must be above 0, found 0.");
}

TEST_F(CommandLine, ReadOnlyFilesAndLinksAmongSnapshotsStay) {
  fs::create_directory(at("steps"));
  fs::create_symlink(at("photo.png"), at("steps/step_0002.png"));
  spill(at("locked.json"), "kept");
  fs::permissions(at("locked.json"), fs::perms::owner_read);
  const auto before = slurp(at("photo.png"));
  for (const char* output : {"--report", "--save-embedding", "--dump"})
    expectRefusal(restoring({output, "locked.json"}), 2, "locked.json is there already and read-only");
  expectRefusal(restoring({"--snapshots", "steps"}), 2, "steps holds step_0002.png");
  fs::remove(at("steps/step_0002.png"));
  spill(at("mine.png"), "kept");
  fs::create_symlink(at("mine.png"), at("steps/step_0002.png"));
  expectRefusal(restoring({"--snapshots", "steps"}), 2, "steps holds step_0002.png, a link");
  EXPECT_EQ(slurp(at("photo.png")), before);
  EXPECT_EQ(slurp(at("mine.png")), "kept");
  EXPECT_EQ(slurp(at("locked.json")), "kept");
}

TEST_F(CommandLine, ANameThatIsTooLongIsFoundBeforeTheRun) {
  const auto name = std::string(256, 'n') + ".png";
  expectRefusal({"restore", "photo.png", "--task", "sr", "--steps", "1000", "--out", name}, 1, "File name too long");
  expectRefusal(restoring({"--report", name}), 1, "File name too long");
  expectRefusal({"degrade", "photo.png", "--task", "sr", "--out", name}, 1, "File name too long");
}

TEST_F(CommandLine, APhotoWhoseNameIsNoUtf8IsFoundAgainFromItsReport) {
  const std::string name = "caf\xe9.png";
  fs::copy(at("photo.png"), at(name));
  const auto first = p2l({"restore", name, "--task", "sr", "--steps", "2", "--set", "K=0", "--threads", "1", "--out",
                          "first.png", "--report", "report.json"});
  ASSERT_EQ(first.exit_code, 0) << first.err;
  const auto again = p2l({"restore", "--request", "report.json", "--threads", "1", "--out", "again.png"});
  ASSERT_EQ(again.exit_code, 0) << again.err;
  EXPECT_EQ(readPhoto(at("again.png")).image.pixels, readPhoto(at("first.png")).image.pixels);
}

TEST_F(CommandLine, ALogFileHoldsNoCarriageReturns) {
  for (const Arguments& arguments :
       {restoring({"--set", "K=0"}),
        Arguments{"sample", "--steps", "2", "--size", "32", "--count", "2", "--out", "drawn"},
        Arguments{"evaluate", "photo.png", "--tasks", "sr", "--solvers", "p2l:K=0", "--steps", "2", "--size", "64",
                  "--out", "evaluated"},
        Arguments{"analyse", "spread", "photo.png", "--task", "sr", "--steps", "2", "--seeds", "2", "--set", "K=0",
                  "--out", "spread"}}) {
    const auto result = p2l(arguments);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ((result.out + result.err).find_first_of("\r\033"), std::string::npos) << arguments[0] << result.err;
  }
}

TEST_F(CommandLine, WhatAPromptLosesIsSaid) {
  std::string prompt;
  for (int i = 0; i < 20; ++i) prompt += "sky ";
  const auto result = p2l(restoring({"--set", "K=0", "--prompt", prompt + "the end"}));
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.err.find("longer than the model p2l-tiny reads"), std::string::npos) << result.err;
  EXPECT_NE(result.err.find("sky the end\""), std::string::npos) << result.err;
  const auto drawn = p2l({"sample", "--prompt", prompt, "--steps", "1", "--size", "32", "--out", "drawn"});
  EXPECT_NE(drawn.err.find("longer than the model p2l-tiny reads"), std::string::npos) << drawn.err;
}

TEST_F(CommandLine, BadPhotosAreExitCodeOne) {
  const auto restore = [&](const std::string& photo) {
    return Arguments{"restore", photo, "--task", "sr", "--steps", "3", "--out", "out.png"};
  };
  const auto whole = slurp(at("photo.png"));
  writePhoto(waves(64, 64), at("photo.jpg"), "");
  const auto jpeg = slurp(at("photo.jpg"));
  spill(at("empty.png"), "");
  spill(at("cut.png"), whole.substr(0, whole.size() / 2));
  spill(at("cut.jpg"), jpeg.substr(0, jpeg.size() / 2));
  spill(at("text.png"), "no picture at all");
  const std::string row(30000 / 8, '\0');
  spill(at("wide.png"), test::PngBytes(30000, 2, 1, 0).rows({row, row}).end());
  fs::create_directory(at("folder.png"));

  expectRefusal(restore("none.png"), 1, "There is no file none.png.");
  expectRefusal(restore("empty.png"), 1, "empty.png is empty (0 bytes).");
  expectRefusal(restore("cut.png"), 1, "cut.png is cut off");
  expectRefusal(restore("cut.jpg"), 1, "cut.jpg is cut off");
  expectRefusal(restore("text.png"), 1, "text.png is not a picture of a known kind");
  expectRefusal(restore("wide.png"), 1, "wide.png is 30000 x 2 pixels large; at most 16384 a side");
  expectRefusal(restore("folder.png"), 1, "folder.png is a folder");
  expectRefusal({"degrade", "none.png", "--task", "sr", "--out", "out.png"}, 1, "There is no file none.png.");
}

TEST_F(CommandLine, OutputsThatCannotBeWrittenAreFoundBeforeTheRun) {
  const auto start = std::chrono::steady_clock::now();
  const auto restore = [&](const Arguments& outputs) {
    Arguments arguments = {"restore", "photo.png", "--task", "sr", "--steps", "1000"};
    arguments.insert(arguments.end(), outputs.begin(), outputs.end());
    return arguments;
  };
  fs::create_directory(at("folder.png"));
  spill(at("file"), "x");
  expectRefusal(restore({"--out", "no/out.png"}), 1, "no/out.png cannot be written: there is no folder");
  expectRefusal(restore({"--out", "out.gif"}), 1, "out.gif cannot be written: its name must end with .png");
  expectRefusal(restore({"--out", "folder.png"}), 1, "folder.png cannot be written: it is a folder.");
  expectRefusal(restore({"--out", "out.png", "--report", "no/report.json"}), 1, "no/report.json cannot be written");
  expectRefusal(restore({"--out", "out.png", "--measurement-out", "no/y.png"}), 1, "no/y.png cannot be written");
  expectRefusal(restore({"--out", "out.png", "--dump", "no/dump"}), 1, "no/dump cannot be written");
  expectRefusal(restore({"--out", "out.png", "--snapshots", "file"}), 1,
                "file cannot be made a folder: there is a file of that name; give the name of a folder.");
  expectRefusal(restore({"--out", "out.png", "--snapshots", "file/steps"}), 1,
                "file/steps cannot be made a folder: file is a file; give the name of a folder.");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(60));
}

TEST_F(CommandLine, MasksKernelsModelsAndTensorsThatDoNotFit) {
  Image mask(32, 48, 1);
  for (int x = 8; x < 16; ++x) mask.at(x, 20, 0) = 1.0f;
  writePhoto(mask, at("mask.png"), "");
  spill(at("z"), "not safetensors");
  // Of so many steps the time would be said: it is not, since the mask is refused first.
  const Arguments inpaint = {"restore", "photo.png", "--task",  "inpaint", "--steps",
                             "1000",    "--out",     "out.png", "--mask"};
  auto arguments = inpaint;
  arguments.push_back("mask.png");
  expectRefusal(arguments, 1,
                "mask.png is 32 x 48 pixels; the picture is 64 x 64. Make the mask of the picture's size.\n");
  writePhoto(Image(64, 64, 1, 1.0f), at("white.png"), "");
  arguments = inpaint;
  arguments.push_back("white.png");
  expectRefusal(arguments, 1, "white.png leaves no pixel of the picture: white is missing and black is measured");
  arguments = inpaint;
  arguments.push_back("mask.png");
  arguments = inpaint;
  arguments.push_back("none.png");
  expectRefusal(arguments, 1, "There is no file none.png.");
  expectRefusal(restoring({"--model", "nothing-here"}), 1, "nothing-here");
  expectRefusal(restoring({"--model", folder_.string()}), 1, folder_.string());
  expectRefusal(restoring({"--initial-latent", "z"}), 1, "z");
  for (const char* option : {"--initial-latent", "--lora", "--model"})
    expectRefusal(restoring({option, "photo.png"}), 1, "photo.png: is a picture; a safetensors file was expected");
  expectRefusal(restoring({"--measurement", "none"}), 1, "none");
}

TEST_F(CommandLine, AMaskIsStoredInThePictureAndRecalledFromIt) {
  Image mask(64, 64, 1);
  for (int y = 20; y < 40; ++y) {
    for (int x = 10; x < 30; ++x) mask.at(x, y, 0) = 1.0f;
  }
  writePhoto(mask, at("mask.png"), "");
  const Arguments quick = {"--steps", "2", "--set", "K=0", "--threads", "1", "--quiet"};
  Arguments first = {"restore", "photo.png", "--task", "inpaint", "--mask", "mask.png", "--out", "a.png"};
  first.insert(first.end(), quick.begin(), quick.end());
  ASSERT_EQ(p2l(first).exit_code, 0);
  std::filesystem::remove(at("mask.png"));
  const auto saved = readPhoto(at("a.png"));
  EXPECT_EQ(saved.pictures.masks.at(0)->pixels, mask.pixels);
  Arguments again = {"restore", "--request", "a.png", "--threads", "1", "--quiet", "--out", "b.png"};
  const auto result = p2l(again);
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(readPhoto(at("b.png")).image.pixels, saved.image.pixels);
  again.insert(again.end(), {"--mask", "mask.png"});
  expectRefusal(again, 1, "There is no file mask.png.");  // what is given counts
}

TEST_F(CommandLine, AKernelIsStoredInThePictureAndRecalledFromIt) {
  Image kernel(3, 5, 1);
  for (int y = 0; y < 5; ++y) kernel.at(1, y, 0) = 0.2f * static_cast<float>(y);
  writePhoto(kernel, at("kernel.png"), "");
  const Arguments first = {"restore", "photo.png", "--task", "motion-blur", "--kernel",  "kernel.png", "--steps", "2",
                           "--set",   "K=0",       "--out",  "a.png",       "--threads", "1",          "--quiet"};
  ASSERT_EQ(p2l(first).exit_code, 0);
  std::filesystem::remove(at("kernel.png"));
  Arguments again = {"restore", "--request", "a.png", "--threads", "1", "--quiet", "--out", "b.png"};
  const auto result = p2l(again);
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(readPhoto(at("b.png")).image.pixels, readPhoto(at("a.png")).image.pixels);
  again.insert(again.end(), {"--kernel", "kernel.png"});
  expectRefusal(again, 1, "There is no file kernel.png.");
}

TEST_F(CommandLine, MeasuredPixelsAreKeptOnDemand) {
  auto residual = [&](const Arguments& more) {
    Arguments arguments = {"restore", "photo.png", "--task", "inpaint", "--noise", "0",        "--steps",
                           "2",       "--threads", "1",      "--out",   "out.png", "--report", "r.json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    EXPECT_EQ(p2l(arguments).exit_code, 0);
    return Json::parse(slurp(at("r.json")));
  };
  const auto plain = residual({}), kept = residual({"--sampler", "keep_measured=on"});
  EXPECT_GT(plain["residual"].get<double>(), 1.0);
  EXPECT_LT(kept["residual"].get<double>(), 1e-4);
  EXPECT_GT(kept["psnr"].get<double>(), plain["psnr"].get<double>());
  EXPECT_TRUE(plain["remarks"].empty());
  ASSERT_EQ(kept["remarks"].size(), 1u);
  EXPECT_EQ(kept["remarks"][0].get<std::string>(), kOnlyUnderMask);
  // Of two tasks in a row the mask is not one of the picture.
  const auto chained = residual({"--then", "sr:factor=2", "--sampler", "keep_measured=on"})["remarks"];
  ASSERT_EQ(chained.size(), 1u);
  EXPECT_NE(chained[0].get<std::string>().find("no effect"), std::string::npos);
}

TEST_F(CommandLine, NoiseIsEstimatedFromAMeasuredPhoto) {
  ASSERT_EQ(p2l({"degrade", "photo.png", "--task", "denoise", "--noise", "0.08", "--out", "noisy.png"}).exit_code, 0);
  const auto told = Json::parse(p2l({"inspect", "noisy.png", "photo.png", "--json"}).out);
  ASSERT_EQ(told.size(), 2u);
  EXPECT_NEAR(told[0]["noise"].get<double>(), 0.08, 0.016);
  EXPECT_EQ(told[0]["noise_by_channel"].size(), 3u);
  EXPECT_LT(told[1]["noise"].get<double>(), told[0]["noise"].get<double>());
  EXPECT_NE(p2l({"inspect", "noisy.png"}).out.find("RGB, 8 bit; noise 0.0"), std::string::npos);
  const auto result = p2l({"restore", "noisy.png", "--measured", "--task", "denoise", "--noise", "auto", "--steps", "2",
                           "--set", "K=0", "--threads", "1", "--out", "denoised.png", "--report", "r.json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(Json::parse(slurp(at("r.json")))["request"]["noise"]["values"]["sigma"], told[0]["noise"]);
  expectRefusal({"restore", "photo.png", "--task", "denoise", "--noise", "auto", "--out", "out.png"}, 2,
                "--noise auto is for --measured: a good photo is given the noise that you state.");
  expectRefusal({"restore", "photo.png", "--task", "denoise", "--noise", "much", "--out", "out.png"}, 2, "much");
  expectRefusal({"inspect", "none.png"}, 1, "There is no file none.png.");
}

TEST_F(CommandLine, ColoursAreKeptOnDemand) {
  // The largest difference of the three channels' means.
  const auto meanDifference = [&](const Arguments& more) {
    Arguments arguments = {
        "restore",   "photo.png", "--task", "sr",      "--noise", "0",   "--steps",           "4",
        "--threads", "1",         "--out",  "out.png", "--set",   "K=0", "--measurement-out", "y.png"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const auto result = p2l(arguments);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    const auto means = [&](const char* name) {
      const auto image = readPhoto(at(name)).image;
      std::array<double, 3> sums{};
      for (std::size_t i = 0; i < image.pixels.size(); ++i) sums[i % 3] += image.pixels[i];
      for (auto& sum : sums) sum /= static_cast<double>(image.pixels.size() / 3);
      return sums;
    };
    const auto out = means("out.png"), y = means("y.png");
    double largest = 0.0;
    for (std::size_t c = 0; c < 3; ++c) largest = std::max(largest, std::abs(out[c] - y[c]));
    return largest;
  };
  EXPECT_LT(meanDifference({"--keep-colour", "on"}), 1.0 / 255.0);
  // Without data steps, which hold colours, too.
  const double plain = meanDifference({"--set", "projection=off"});
  const double kept = meanDifference({"--set", "projection=off", "--keep-colour", "on"});
  EXPECT_GT(plain, 0.05);
  EXPECT_LT(kept, 0.1 * plain);
}

TEST_F(CommandLine, TrainsAndGoesOn) {
  fs::copy_file(at("photo.png"), at("kept-apart.png"));
  const Arguments training = {"train",  "autoencoder",   "photo.png", "kept-apart.png", "--out", "t",         "--steps",
                              "2",      "--batch",       "1",         "--crop",         "32",    "--threads", "1",
                              "--test", "kept-apart.png"};
  auto result = p2l(training);
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.out.find("1 photos, 1.43 million weights; from step 0 of 2"), std::string::npos) << result.out;
  for (const char* name : {"checkpoint.safetensors", "log.csv", "loss.png", "samples-2.png", "model/vae/config.json"})
    EXPECT_TRUE(fs::exists(at(std::string("t/") + name))) << name;
  result = p2l(training);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.out.find("goes on from step 2 of 2"), std::string::npos) << result.out;
  EXPECT_NE(slurp(at("t/log.csv")).find("\n2,loss,"), std::string::npos);
  EXPECT_EQ(p2l({"show-model", "t/model"}).exit_code, 0);
  expectRefusal({"train", "autoencoder", "photo.png", "--out", "u", "--test", "photo.png"}, 2,
                "All photos are test photos");
  expectRefusal({"train", "decoder", "photo.png", "--out", "u"}, 2, "decoder");
  expectRefusal({"train", "autoencoder", "photo.png", "--out", "u", "--weight", "x"}, 2, "--weight takes PART=W");
  expectRefusal({"train", "autoencoder", "photo.png", "--out", "u", "--crop", "512"}, 1, "photo.png");
  expectRefusal({"train", "latent", "photo.png", "--out", "u", "--captions", "long"}, 2, "--captions");
  expectRefusal({"train", "autoencoder", "photo.png", "--out", "u", "--device", "gpu"}, 1, "no device `gpu`");
}

/// As in a build that writes TIFF alone: a training on a card is worth more than its curve.
TEST_F(CommandLine, ATrainingGoesOnWherePicturesCannotBeWritten) {
  fs::create_directories(at("t/loss.png/in-the-way"));
  const auto result = p2l({"train", "autoencoder", "photo.png", "--out", "t", "--steps", "2", "--checkpoint-every", "1",
                           "--batch", "1", "--crop", "16", "--trips", "0", "--threads", "1", "--device", "cpu"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const auto said = result.err.find("loss.png");
  EXPECT_NE(said, std::string::npos) << result.err;
  EXPECT_EQ(result.err.find("loss.png", result.err.find('\n', said)), std::string::npos) << "once: " << result.err;
  EXPECT_TRUE(fs::exists(at("t/model/vae/config.json")) && fs::exists(at("t/checkpoint.safetensors")));
}

TEST_F(CommandLine, TrainsWithoutTestPhotos) {
  Arguments training = {"train",   "pixel", "photo.png", "--out", "t",         "--steps", "1",
                        "--batch", "1",     "--crop",    "32",    "--threads", "1",       "--quiet"};
  const auto result = p2l(training);
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const auto sheet = readPhoto(at("t/samples-1.png")).image;
  EXPECT_GT(sheet.width, 6 * 128);  // six samples, and below them a photo in three pictures
  EXPECT_GT(sheet.height, 2 * 128);
  EXPECT_EQ(slurp(at("t/log.csv")).find("eps at"), std::string::npos) << "photos that are trained on measure nothing";
  writePhoto(waves(72, 64), at("other.png"), "");
  training[2] = "other.png";
  expectRefusal(training, 1, "the photos or their weights are others");
  training[2] = "photo.png";
  training.insert(training.end(), {"--from", "p2l-tiny-pixel"});
  EXPECT_EQ(p2l(training).exit_code, 0);  // it is the default's name
}

const std::set<std::string> kPixelSolvers = {"dps", "pigdm", "dds", "diffpir"};

TEST_F(CommandLine, EveryTaskIsRestoredWithEverySolver) {
  const auto solvers = Json::parse(p2l({"list", "solvers", "--json"}).out);
  for (const char* task : kTasks) {
    for (const auto& info : solvers) {
      const auto solver = info["id"].get<std::string>();
      if (kPixelSolvers.contains(solver)) continue;  // pixel_test.cpp
      Arguments run = {"restore",           "photo.png", "--task",    task,         "--solver", solver,
                       "--steps",           "3",         "--threads", "1",          "--out",    "out.png",
                       "--measurement-out", "y.png",     "--report",  "report.json"};
      // A preset's m may be more than so few steps have, which would be remarked upon.
      if (solver == "resample") run.insert(run.end(), {"--set", "every=1"});
      const auto result = p2l(run);
      ASSERT_EQ(result.exit_code, 0) << task << solver << result.err;
      EXPECT_EQ(result.err, solver == "treg"
                                ? "p2l: The model p2l-tiny has no image encoder: treg runs without its image term.\n"
                                : "")
          << task << solver;
      EXPECT_NE(result.out.find("PSNR"), std::string::npos);
      const auto picture = readPhoto(at("out.png"));
      EXPECT_EQ(picture.image.width, 64);
      EXPECT_EQ(picture.image.height, 64);
      EXPECT_EQ(readPhoto(at("y.png")).image.width, std::string(task) == "sr" ? 16 : 64);
      EXPECT_NE(picture.request_json.find("model_sha256"), std::string::npos);  // what made it stands beside
      const auto request = requestFromJson(picture.request_json);
      EXPECT_EQ(request.degradation().id, task);
      EXPECT_EQ(request.solver, solver);
      EXPECT_EQ(integerOf(request.sampler_values, "steps"), 3);
    }
  }
}

TEST_F(CommandLine, ARunThatDivergesSaysSo) {
  auto remarks = [&](const char* rho, const char* gamma) {
    const auto result =
        p2l({"restore",   "photo.png", "--task", "sr",        "--set",    rho,          "--set",   gamma,
             "--set",     "K=0",       "--set",  "renoise=0", "--set",    "rho_side=0", "--steps", "30",
             "--threads", "1",         "--out",  "out.png",   "--report", "report.json"});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return Json::parse(slurp(at("report.json")))["remarks"];
  };
  EXPECT_TRUE(remarks("rho=1", "gamma=4").empty());
  const auto diverged = remarks("rho=100", "gamma=1");
  ASSERT_EQ(diverged.size(), 1u);
  EXPECT_NE(diverged[0].get<std::string>().find("diverged"), std::string::npos);
}

TEST_F(CommandLine, ARunThatEndsInNaNLeavesItsLastFinitePicture) {
  const auto result = p2l(restoring({"--solver", "latent_daps", "--set", "lr=0.1", "--set", "tau=0.001", "--size", "32",
                                     "--report", "report.json", "--quiet"}));
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.err.find("p2l: The run diverged in step"), std::string::npos) << result.err;
  EXPECT_NE(result.err.find("a smaller lr"), std::string::npos) << result.err;
  EXPECT_EQ(readPhoto(at("out.png")).image.width, 32);
  const auto report = Json::parse(slurp(at("report.json")));
  EXPECT_FALSE(report["steps"].empty());
  EXPECT_TRUE(report["residual"].is_number());
}

TEST_F(CommandLine, ReportHasEveryField) {
  const auto result = p2l(restoring({"--report", "report.json", "--set", "K=2", "--set", "gamma=2", "--quiet"}));
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out, "");
  const auto report = Json::parse(slurp(at("report.json")));
  for (const char* number : {"psnr", "ssim", "psnr_measurement", "psnr_autoencoder", "residual", "noise_level",
                             "seconds", "peak_memory_mb"}) {
    ASSERT_TRUE(report.contains(number)) << number;
    EXPECT_TRUE(report[number].is_number()) << number;
  }
  ASSERT_EQ(report["steps"].size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    const auto& step = report["steps"][i];
    EXPECT_EQ(step["step"], i + 1);
    for (const char* number : {"t", "residual", "psnr", "prompt_drift", "gradient_norm", "seconds"}) {
      EXPECT_TRUE(step[number].is_number()) << number;
    }
  }
  EXPECT_GT(report["steps"][2]["prompt_drift"], 0.0);
  EXPECT_EQ(report["request"]["solver_values"]["K"], 2);
  EXPECT_EQ(report["request"]["solver_values"]["gamma"], 2);
  EXPECT_EQ(report["request"]["photo"], "photo.png");
  EXPECT_EQ(report["model"]["name"], "p2l-tiny");
  EXPECT_EQ(report["model"]["sha256"].get<std::string>().size(), 64u);
  for (const char* part : {"p2l", "torch"}) EXPECT_TRUE(report["versions"].contains(part)) << part;
  EXPECT_GT(report["peak_memory_mb"], 20.0);
}

TEST_F(CommandLine, OneSeedGivesTheSameBytesAndAnotherDoesNot) {
  ASSERT_EQ(p2l(restoring({})).exit_code, 0);
  const auto first = slurp(at("out.png"));
  ASSERT_EQ(p2l(restoring({})).exit_code, 0);
  EXPECT_EQ(slurp(at("out.png")), first);
  ASSERT_EQ(p2l(restoring({"--seed", "1"})).exit_code, 0);
  EXPECT_NE(readPhoto(at("out.png")).image.pixels,
            (spill(at("first.png"), first), readPhoto(at("first.png")).image.pixels));
}

TEST_F(CommandLine, APictureOrReportRepeatsItsRun) {
  ASSERT_EQ(p2l({"restore", "photo.png", "--task", "random-drop", "--drop", "0.5", "--steps", "2", "--seed", "5",
                 "--threads", "1", "--out", "out.png", "--report", "report.json"})
                .exit_code,
            0);
  for (const char* request : {"out.png", "report.json"}) {
    const auto again = p2l({"restore", "--request", request, "--threads", "1", "--out", "again.png"});
    ASSERT_EQ(again.exit_code, 0) << again.err;
    EXPECT_EQ(slurp(at("again.png")), slurp(at("out.png"))) << request;
  }
  // Options change it; what belonged to the other task does not get in the way.
  const auto other = p2l(
      {"restore", "--request", "out.png", "--task", "sr", "--solver", "ldps", "--threads", "1", "--out", "other.png"});
  ASSERT_EQ(other.exit_code, 0) << other.err;
  const auto request = requestFromJson(readPhoto(at("other.png")).request_json);
  EXPECT_EQ(request.solver, "ldps");
  EXPECT_EQ(request.seed, 5u);
  fs::remove(at("out.png"));
  expectRefusal({"restore", "--request", "photo.png", "--out", "out.png"}, 1,
                "photo.png is a picture without a request");
  spill(at("bad.json"), R"({"photo": "photo.png", "colour": 3})");
  expectRefusal({"restore", "--request", "bad.json", "--out", "out.png"}, 1, "unknown field colour");
}

TEST_F(CommandLine, AReportAsAPageRepeatsItsRunFromItsOneFile) {
  Image mask(64, 64, 1);
  for (int x = 20; x < 40; ++x) mask.at(x, 30, 0) = mask.at(x, 31, 0) = 1.0f;
  writePhoto(mask, at("mask.png"), "");
  ASSERT_EQ(p2l({"restore", "photo.png", "--task", "inpaint", "--mask", "mask.png", "--steps", "2", "--seed", "5",
                 "--threads", "1", "--out", "out.png"})
                .exit_code,
            0);
  const auto head = kPageHead, request = kPageRequest;
  const auto photo = linked("photo.png"), made = linked("out.png");
  spill(at("report.html"), head + photo + made + request);
  const auto before = readPhoto(at("photo.png")).image, result = readPhoto(at("out.png")).image;
  for (const char* name : {"photo.png", "mask.png", "out.png"}) fs::remove(at(name));
  const Arguments again = {"restore", "--request", "report.html", "--threads", "1", "--quiet", "--out", "again.png"};
  const auto done = p2l(again);
  ASSERT_EQ(done.exit_code, 0) << done.err;
  EXPECT_EQ(readPhoto(at("again.png")).image.pixels, result.pixels);
  const auto named = requestFromJson(readPhoto(at("again.png")).request_json).photo;
  EXPECT_EQ(fs::path(named).filename(), "photo.png");
  const auto degraded = p2l({"degrade", "--request", "report.html", "--truth-out", "truth.png", "--out", "y.png"});
  ASSERT_EQ(degraded.exit_code, 0) << degraded.err;
  EXPECT_EQ(readPhoto(at("truth.png")).image.pixels, before.pixels);

  const auto refused = [&](const std::string& page, const std::string& sentence) {
    spill(at("bad.html"), page);
    expectRefusal({"restore", "--request", "bad.html", "--out", "out.png"}, 1, sentence);
  };
  refused(head + "</body></html>", "bad.html is not the whole report of one run");
  refused(head + photo + request, "bad.html is not the whole report of one run");
  refused(head + photo + made, "bad.html is not the whole report of one run");  // as a comparison's
  refused(head + photo + photo + request, "The result in bad.html is a picture without a request");
  refused(head + photo.substr(0, photo.size() / 2) + "\">" + made + request, "The photo in bad.html is damaged");
  expectRefusal({"restore", "--request", "gone.html", "--out", "out.png"}, 1, "gone.html");
}

TEST_F(CommandLine, AReportAsAPageHasItsKernelAndTakesOptionsAndAnotherPhoto) {
  Image kernel(3, 5, 1);
  for (int y = 0; y < 5; ++y) kernel.at(1, y, 0) = 0.2f * static_cast<float>(y);
  writePhoto(kernel, at("kernel.png"), "");
  ASSERT_EQ(p2l({"restore", "photo.png", "--task", "motion-blur", "--kernel", "kernel.png", "--steps", "2", "--set",
                 "K=0", "--threads", "1", "--out", "out.png", "--quiet"})
                .exit_code,
            0);
  spill(at("report.html"), kPageHead + linked("photo.png") + linked("out.png") + kPageRequest);
  const auto result = readPhoto(at("out.png")).image;
  for (const char* name : {"photo.png", "kernel.png", "out.png"}) fs::remove(at(name));
  const auto again = [&](const Arguments& more) {
    Arguments arguments = {"restore", "--request", "report.html", "--threads", "1", "--quiet", "--out", "again.png"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const auto done = p2l(arguments);
    EXPECT_EQ(done.exit_code, 0) << done.err;
    return readPhoto(at("again.png"));
  };
  EXPECT_EQ(again({}).image.pixels, result.pixels);

  const auto seeded = again({"--seed", "9"});
  EXPECT_EQ(requestFromJson(seeded.request_json).seed, 9u);
  EXPECT_NE(seeded.image.pixels, result.pixels);
  writePhoto(Image(1, 1, 1, 1.0f), at("point.png"), "");
  const auto sharp = again({"--kernel", "point.png"});
  EXPECT_EQ(sharp.pictures.kernels.at(0)->width, 1);
  writePhoto(waves(48, 40), at("other.png"), "");
  const auto other = again({"other.png"});
  EXPECT_EQ(other.image.width, 48);
  EXPECT_EQ(fs::path(requestFromJson(other.request_json).photo).filename(), "other.png");
  EXPECT_EQ(other.pictures.kernels.at(0)->height, 5);  // of the page still
  expectRefusal({"restore", "--request", "report.html", "gone.png", "--out", "out.png"}, 1, "gone.png");

  const auto spread = p2l({"analyse", "spread", "--request", "report.html", "--seeds", "2", "--threads", "1", "--quiet",
                           "--out", "spread"});
  ASSERT_EQ(spread.exit_code, 0) << spread.err;
  EXPECT_EQ(readPhoto(at("spread/mean.png")).image.width, 64);
}

TEST_F(CommandLine, ASavedMeasurementIsThePhoto) {
  ASSERT_EQ(p2l(restoring({"--size", "32", "--noise", "0.1", "--seed", "4", "--measurement-out", "y.png", "--quiet"}))
                .exit_code,
            0);
  const auto measured = readPhoto(at("y.png"));
  const auto request = requestFromJson(measured.request_json);
  EXPECT_EQ(request.photo, "");
  EXPECT_TRUE(request.mode == Mode::Restore);
  EXPECT_EQ(measured.image.width, 8);
  fs::remove(at("photo.png"));
  const auto again = p2l({"restore", "--request", "y.png", "--threads", "1", "--quiet", "--out", "again.png"});
  ASSERT_EQ(again.exit_code, 0) << again.err;
  EXPECT_EQ(readPhoto(at("again.png")).image.width, 32);
  EXPECT_EQ(fs::path(requestFromJson(readPhoto(at("again.png")).request_json).photo).filename(), "y.png");
  EXPECT_EQ(readPhoto(at("y.png")).image.pixels, measured.image.pixels);
}

TEST_F(CommandLine, SnapshotsAreOnePngAStep) {
  ASSERT_EQ(p2l(restoring({"--snapshots", "steps/of/run"})).exit_code, 0);
  for (const char* name : {"step_0001.png", "step_0002.png", "step_0003.png"}) {
    EXPECT_EQ(readPhoto(at("steps/of/run/") + name).image.width, 64) << name;
  }
}

TEST_F(CommandLine, DumpsMeasurementsAndLatentsGoInAndOut) {
  ASSERT_EQ(p2l(restoring({"--dump", "dump.safetensors"})).exit_code, 0);
  const auto dump = slurp(at("dump.safetensors"));
  std::uint64_t length = 0;
  ASSERT_GT(dump.size(), 8u);
  std::copy_n(dump.data(), 8, reinterpret_cast<char*>(&length));
  const auto header = Json::parse(dump.substr(8, length));
  for (const char* tensor : {"z_t", "z0_hat", "C", "z", "x"}) EXPECT_TRUE(header.contains(tensor)) << tensor;
  EXPECT_EQ(header["z_t"]["shape"][0], 3);
  EXPECT_EQ(header["x"]["shape"], Json({1, 3, 64, 64}));
  // Its final z as another run's start: a tensor of the right shape.
  EXPECT_EQ(p2l(restoring({"--initial-latent", "dump.safetensors"})).exit_code, 0);
}

TEST_F(CommandLine, MeasuredPhotosAreRestoredWithoutTruth) {
  ASSERT_EQ(p2l({"degrade", "photo.png", "--task", "sr", "--out", "small.png", "--plain-out", "plain.png",
                 "--truth-out", "truth.png"})
                .exit_code,
            0);
  EXPECT_EQ(readPhoto(at("small.png")).image.width, 16);
  EXPECT_EQ(readPhoto(at("plain.png")).image.width, 64);
  EXPECT_EQ(readPhoto(at("truth.png")).image.pixels, readPhoto(at("photo.png")).image.pixels);
  const auto result = p2l({"restore", "small.png", "--task", "sr", "--measured", "--steps", "3", "--threads", "1",
                           "--out", "out.png", "--report", "report.json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(readPhoto(at("out.png")).image.width, 64);
  const auto report = Json::parse(slurp(at("report.json")));
  EXPECT_TRUE(report["psnr"].is_null());
  EXPECT_EQ(report["request"]["mode"], "restore");
}

TEST_F(CommandLine, OddGreyAndTransparentPhotosKeepTheirKind) {
  for (const int channels : {1, 4}) {
    writePhoto(waves(45, 71, channels), at("odd.png"), "");
    const auto result = p2l({"restore", "odd.png", "--task", "gaussian-blur", "--kernel-size", "9", "--steps", "2",
                             "--threads", "1", "--out", "out.png"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const auto image = readPhoto(at("out.png")).image;
    EXPECT_EQ(image.width, 45);
    EXPECT_EQ(image.height, 71);
    EXPECT_EQ(image.channels, channels);
  }
}

TEST_F(CommandLine, CtrlCSavesWhatThereIs) {
  const auto result =
      test::interruptProgram({"restore", "photo.png", "--task", "sr", "--steps", "1000", "--set", "K=5", "--threads",
                              "1", "--out", "out.png", "--report", "report.json", "--snapshots", "steps"},
                             folder_.string(), at("steps/step_0002.png"));
  EXPECT_EQ(result.exit_code, 130);
  EXPECT_NE(result.err.find("p2l: "), std::string::npos) << result.err;
  EXPECT_EQ(readPhoto(at("out.png")).image.width, 64);
  const auto report = Json::parse(slurp(at("report.json")));
  EXPECT_GE(report["steps"].size(), 2u);
  EXPECT_LT(report["steps"].size(), 1000u);
}

// On a busy machine threads that spin make a run take many times as long.
TEST_F(CommandLine, ThreadsThatWaitGiveTheProcessorUp) {
  const char* set = std::getenv("OMP_WAIT_POLICY");
  const std::string before = set == nullptr ? "" : set;
  ::unsetenv("OMP_WAIT_POLICY");
  ::setenv("OMP_DISPLAY_ENV", "verbose", 1);
  const auto shown = p2l({"--version"}).err;
  ::setenv("OMP_WAIT_POLICY", "active", 1);
  const auto chosen = p2l({"--version"}).err;
  ::unsetenv("OMP_DISPLAY_ENV");
  set == nullptr ? ::unsetenv("OMP_WAIT_POLICY") : ::setenv("OMP_WAIT_POLICY", before.c_str(), 1);
  EXPECT_NE(shown.find("GOMP_SPINCOUNT = '0'"), std::string::npos) << shown;
  EXPECT_NE(chosen.find("GOMP_SPINCOUNT = '3"), std::string::npos) << chosen;
}

TEST_F(CommandLine, ProgressIsForTerminalsOnly) {
  EXPECT_EQ(p2l(restoring({})).err, "");
  const auto shown = test::runProgramOnTerminal(restoring({}), folder_.string());
  EXPECT_EQ(shown.exit_code, 0);
  EXPECT_NE(shown.err.find("3/3  residual"), std::string::npos) << shown.err;
  EXPECT_NE(shown.err.find("left"), std::string::npos);
  EXPECT_EQ(test::runProgramOnTerminal(restoring({"--quiet"}), folder_.string()).err, "");
}

TEST_F(CommandLine, BenchMeasuresAndComparesInOneRun) {
  spill(at("reference.py"), "");
  spill(at("python"),
        "#!/bin/sh\necho \"$@\" > arguments.txt\necho noise\necho >&2 warning\n"
        "echo '{\"seconds\": 1000.0, \"seconds_per_step\": 500.0, \"peak_memory_mb\": 100000.0}'\n");
  fs::permissions(at("python"), fs::perms::owner_all);
  const auto result = p2l({"bench", "--size", "64", "--steps", "2", "--threads", "1", "--json", "--python", "./python",
                           "--reference", "reference.py"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const auto json = Json::parse(result.out);
  for (const char* number : {"load_seconds", "seconds", "seconds_per_step", "peak_memory_mb", "picture_share"}) {
    EXPECT_GT(json[number], 0.0) << number;
  }
  EXPECT_LT(json["picture_share"], 1.0);
  EXPECT_DOUBLE_EQ(json["time_ratio"].get<double>(), json["seconds"].get<double>() / 1000.0);
  EXPECT_DOUBLE_EQ(json["memory_ratio"].get<double>(), json["peak_memory_mb"].get<double>() / 100000.0);
  EXPECT_TRUE(json["peak_device_memory_mb"].is_null()) << "the processor has no memory of a card";
  EXPECT_FALSE(json.contains("device_memory_ratio"));
  const auto arguments = slurp(at("arguments.txt"));
  for (const char* part : {"--set K=3", "--set gamma=4", "--steps 2", "--size-hw 64 64", "--task sr", "y.safetensors",
                           "--device cpu", "--precision fp32", "--repeat 1"}) {
    EXPECT_NE(arguments.find(part), std::string::npos) << arguments;
  }
  EXPECT_NE(p2l({"bench", "--size", "64", "--steps", "1", "--threads", "1"}).out.find("peak memory"),
            std::string::npos);
  expectRefusal({"bench", "--size", "64", "--steps", "1", "--python", "./none", "--reference", "reference.py"}, 1,
                "./none cannot be started");
  spill(at("python"), "#!/bin/sh\n[ \"$1\" = --version ]\n");
  const auto failed =
      p2l({"bench", "--size", "64", "--steps", "1", "--python", "./python", "--reference", "reference.py"});
  EXPECT_EQ(failed.exit_code, 1) << failed.err;
  EXPECT_NE(failed.out.find("peak memory"), std::string::npos) << "what was measured is lost: " << failed.out;
  expectRefusal({"bench", "--python", "./python", "--device", "auto"}, 2, "--device cpu or cuda:N was expected");
  expectRefusal({"bench", "--set", "K=99"}, 2, "K must be a whole number from 0 to 20");
}

}  // namespace
}  // namespace p2l
