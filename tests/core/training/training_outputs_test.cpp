// SPDX-License-Identifier: GPL-3.0-or-later
// What a training refuses before its first step, and what lies on the disk whenever it ends.
#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstring>
#include <fstream>
#include <iterator>
#include <limits>

#include "core/io/photo_file.h"
#include "core/training/trainer.h"
#include "core/training/training_files.h"
#include "tests/support/temporary_folder.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using test::expectParts;
using test::problemOf;

struct Counts : TrainingObserver {
  void started(std::size_t, const std::vector<std::string>&, int, std::int64_t) override { ++started_; }
  void stepFinished(int, const TrainingNumbers&) override { ++steps_; }
  void measured(int step, const TrainingNumbers&, const std::vector<TrainingPicture>& pictures) override {
    measured_.push_back(step);
    pictures_ = pictures.size();
  }
  int started_ = 0, steps_ = 0;
  std::vector<int> measured_;
  std::size_t pictures_ = 0;
};

std::string textIn(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> namesIn(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

/// While it lives, no file can have more bytes: the disk is full for all that are larger.
class LargestFile {
 public:
  explicit LargestFile(rlim_t bytes) : signal_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~LargestFile() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, signal_);
  }
  LargestFile(const LargestFile&) = delete;
  LargestFile& operator=(const LargestFile&) = delete;

 private:
  void (*signal_)(int);
  rlimit before_{};
};

class TrainingOutputs : public test::TemporaryFolder {
 protected:
  void SetUp() override {
    TemporaryFolder::SetUp();
    Image image(48, 40, 3);
    for (std::size_t i = 0; i < image.pixels.size(); ++i)
      image.pixels[i] = static_cast<float>(0.5 + 0.4 * std::sin(0.01 * static_cast<double>(i)));
    fs::create_directories(at("photos"));
    writePhoto(image, at("photos/photo.png"), "");
    copyWritable(test::modelFolder("unet2d-mini"), at("start"));
  }
  std::string at(const std::string& name) const { return (folder_ / name).string(); }
  TrainingRequest request() const {
    TrainingRequest request;
    request.part = TrainingRequest::Part::Pixel;
    request.photos = {at("photos/photo.png")};
    request.from = at("start");
    request.out = at("out");
    request.steps = 1;
    request.batch = 1;
    request.crop = 16;
    request.warm_up = 0;
    request.learning_rate = 1e-3;
    return request;
  }
  static Counts run(const TrainingRequest& request) {
    RunControl control;
    Counts counts;
    EXPECT_TRUE(train(request, counts, control));
    return counts;
  }
  /// The sentence; nothing may have begun.
  static std::string refusal(const TrainingRequest& request) {
    RunControl control;
    Counts counts;
    const auto problem = problemOf([&] { train(request, counts, control); });
    EXPECT_EQ(counts.started_, 0) << problem;
    return problem;
  }

  const std::string weights_ = "unet/diffusion_pytorch_model.safetensors";
};

TEST_F(TrainingOutputs, AreMadeAgainOfACheckpointThatIsDone) {
  const auto request = this->request();
  EXPECT_EQ(run(request).steps_, 1);
  const auto weights = textIn(at("out/model/" + weights_)), config = textIn(at("out/model/unet/config.json"));
  ASSERT_NE(weights, textIn(at("start/" + weights_)));

  // As a kill leaves it, of this program and of those that copied the model in place.
  const std::vector<std::function<void()>> kills = {
      [&] { fs::remove_all(at("out/model")); },
      [&] {
        fs::resize_file(at("out/model/" + weights_), 1000);
        fs::remove(at("out/model/unet/config.json"));
      },
      [&] {
        fs::copy_file(at("start/" + weights_), at("out/model/" + weights_), fs::copy_options::overwrite_existing);
      },
      [&] {
        write("out/.p2l-new-model/unet/config.json", "{");
        fs::rename(at("out/model"), at("out/.p2l-former-model"));
      }};
  for (const auto& kill : kills) {
    kill();
    const auto counts = run(request);
    EXPECT_EQ(counts.steps_, 0);
    EXPECT_EQ(counts.measured_, std::vector<int>{1});
    EXPECT_GT(counts.pictures_, 0u);
    EXPECT_EQ(textIn(at("out/model/" + weights_)), weights);
    EXPECT_EQ(textIn(at("out/model/unet/config.json")), config);
    EXPECT_EQ(namesIn(at("out")), (std::vector<std::string>{"checkpoint.safetensors", "model"}));
  }
}

TEST_F(TrainingOutputs, ReplaceAModelWhenTheNewOneIsWhole) {
  const auto model = at("out/model");
  write("out/model/weights", "before");
  write("out/model/more/old", "before");
  const auto seen = [&] { return textIn(model + "/weights"); };
  replaceFolder(model, [&](const std::string& made) {
    EXPECT_EQ(fs::path(made).parent_path(), fs::path(model).parent_path());  // of the same file system
    EXPECT_FALSE(fs::exists(made));
    fs::create_directory(made);
    std::ofstream(made + "/weights") << "now";
    EXPECT_EQ(seen(), "before");
  });
  EXPECT_EQ(seen(), "now");
  EXPECT_EQ(namesIn(model), std::vector<std::string>{"weights"});
  EXPECT_EQ(namesIn(at("out")), std::vector<std::string>{"model"});

  const auto problem = problemOf([&] {
    replaceFolder(model, [&](const std::string& made) {
      fs::create_directory(made);
      std::ofstream(made + "/weights") << "half";
      throw Error(made + "/weights cannot be written: the disk is full.");
    });
  });
  EXPECT_EQ(problem, model + "/weights cannot be written: the disk is full.");
  EXPECT_EQ(seen(), "now");
  EXPECT_EQ(namesIn(at("out")), std::vector<std::string>{"model"});

  // Between two names, where folders cannot be exchanged.
  fs::rename(model, at("out/.p2l-former-model"));
  EXPECT_FALSE(problemOf([&] { replaceFolder(model, [](const std::string&) { throw Error("full"); }); }).empty());
  EXPECT_EQ(seen(), "now");
}

TEST_F(TrainingOutputs, SayWhyAModelCannotBeCopied) {
  const LargestFile full(2000);
  const auto problem = problemOf([&] { copyModelFolder(at("start"), at("copy")); });
  expectParts(problem, {at("copy"), "cannot be written", std::strerror(EFBIG)});
}

TEST_F(TrainingOutputs, AreNotCopiedIntoThemselves) {
  for (const char* out : {"start", "start/unet", "start/new/deeper", "start/../start/.", "start/"}) {
    auto request = this->request();
    request.out = at(out);
    expectParts(refusal(request), {"--out", request.out, "start", "copied into itself", "give another folder"});
    expectParts(problemOf([&] { copyModelFolder(request.from, request.out); }), {"copied into itself"});
  }
  fs::create_directory_symlink(at("start/unet"), at("link"));
  auto request = this->request();
  request.out = at("link/out");
  expectParts(refusal(request), {"copied into itself"});
  request.from = at("link-to-start");
  fs::create_directory_symlink(at("start"), request.from);
  request.out = at("start/out");
  expectParts(refusal(request), {"copied into itself"});

  // A folder that the model's links lead to is copied, too.
  request = this->request();
  fs::create_directory(at("beside"));
  fs::create_directory_symlink(at("beside"), at("start/more"));
  request.out = at("beside/out");
  expectParts(refusal(request), {"copied into itself", at("start/more")});
  fs::remove(at("start/more"));
  fs::create_directory_symlink(at("start"), at("start/again"));
  request.out = at("out");
  expectParts(refusal(request), {at("start/again"), "link to a folder that it lies in"});
  fs::remove(at("start/again"));

  // Names that only begin alike are others.
  request.out = at("start-2");
  EXPECT_EQ(run(request).steps_, 1);
}

/// The checkpoint could not go on: its start is gone.
TEST_F(TrainingOutputs, DoNotReplaceTheModelThatTheyStartFrom) {
  auto first = request();
  run(first);
  auto next = first;
  next.from = at("out/model");
  expectParts(refusal(next), {"--from", at("out/model"), "--out"});
  fs::remove(at("out/checkpoint.safetensors"));
  expectParts(refusal(next), {"--from", at("out/model"), "--out"});
  fs::create_directories(at("other"));
  fs::create_directory_symlink(at("start"), at("other/model"));
  next = request();
  next.out = at("other");
  EXPECT_FALSE(refusal(next).empty());
  EXPECT_EQ(textIn(at("start/" + weights_)), textIn(test::modelFolder("unet2d-mini") + "/" + weights_));
}

TEST_F(TrainingOutputs, ReplaceNoFolderThatIsOfNoTraining) {
  write("out/model/notes.txt", "a person's own");
  expectParts(refusal(request()), {"--out", at("out/model"), "checkpoint.safetensors", "another folder"});
  EXPECT_EQ(textIn(at("out/model/notes.txt")), "a person's own");
  fs::remove_all(at("out/model"));
  write("out/model", "a file");
  expectParts(refusal(request()), {at("out/model"), "no folder"});
  fs::remove(at("out/model"));
  fs::create_directory(at("out/model"));
  EXPECT_EQ(run(request()).steps_, 1);
}

TEST_F(TrainingOutputs, DoNotLieAmongThePhotos) {
  auto request = this->request();
  request.out = at("photos");
  expectParts(refusal(request), {"--out", at("photos"), "photo.png", "another folder"});
  EXPECT_EQ(namesIn(at("photos")), std::vector<std::string>{"photo.png"});
  fs::create_directory_symlink(at("photos"), at("link"));
  request.out = at("link/.");
  expectParts(refusal(request), {"--out", "photo.png"});
  fs::create_directory(at("kept"));
  fs::copy_file(at("photos/photo.png"), at("kept/kept.png"));
  request.test_photos = {at("kept/kept.png")};
  request.out = at("kept");
  expectParts(refusal(request), {"--out", "kept.png"});
  request.test_photos.clear();
  request.out = at("photos/run");  // folders in a folder of photos are not searched
  EXPECT_EQ(run(request).steps_, 1);
}

TEST_F(TrainingOutputs, ThatCannotBeWrittenAreFoundBeforeTheFirstStep) {
  const std::string folder = "/proc/self";  // takes no file, also from the superuser
  if (!fs::is_directory(folder)) GTEST_SKIP() << "there is no " << folder;
  auto request = this->request();
  request.out = folder;
  expectParts(refusal(request), {"/checkpoint.safetensors cannot be written", "--out"});
  request.out = at("photos/photo.png");
  expectParts(refusal(request), {"photo.png", "--out"});
}

TEST_F(TrainingOutputs, AreOfNumbersInTheirRanges) {
  using Request = TrainingRequest;
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN(), kInf = std::numeric_limits<double>::infinity();
  struct Row {
    const char* name;
    std::function<void(Request&, double)> set;
    std::vector<double> refused, taken;
  };
  const auto of = [](auto Request::*member) {
    return [member](Request& request, double value) {
      using Value = std::remove_reference_t<decltype(request.*member)>;
      request.*member = static_cast<Value>(value);
    };
  };
  const std::vector<Row> rows = {{"--steps", of(&Request::steps), {0, -1}, {1}},
                                 {"--warm-up", of(&Request::warm_up), {-5}, {0, 1000}},
                                 {"--checkpoint-every", of(&Request::checkpoint_every), {0, -1}, {1}},
                                 {"--learning-rate", of(&Request::learning_rate), {0, -1, 2, kNan, kInf}, {1}},
                                 {"--ema", of(&Request::ema_decay), {-0.1, 1, kNan, kInf}, {0, 0.9999}},
                                 {"--gradient-clip", of(&Request::gradient_clip), {-1, 0, kNan, kInf}, {1e-3, 1e6}},
                                 {"--fixed-point", of(&Request::fixed_point), {-1, 1e4, kNan, kInf}, {0, 10}},
                                 {"--gradient-weight", of(&Request::gradient_weight), {-1, 1e4, kNan, kInf}, {0, 10}},
                                 {"--anchor", of(&Request::anchor), {-1, 1e4, kNan, kInf}, {0, 10}},
                                 {"--noise", of(&Request::noise), {-1, 1.5, kNan, kInf}, {0, 1}},
                                 {"--latent-noise", of(&Request::latent_noise), {-1, 1.5, kNan, kInf}, {0, 1}},
                                 {"--hold-scale", of(&Request::hold_scale), {-1, 1e4, kNan, kInf}, {0, 10}},
                                 {"--lpips-weight", of(&Request::lpips_weight), {-1, 1e4, kNan, kInf}, {0, 10}},
                                 {"--null-prompts", of(&Request::null_prompts), {-0.1, 1.1, kNan, kInf}, {0, 1}},
                                 {"--min-snr", of(&Request::min_snr), {-1, 0, kNan, kInf}, {1e-3, 1e6}},
                                 {"--low-levels", of(&Request::low_levels), {-0.1, 1.1, kNan, kInf}, {0, 1}}};
  for (const auto& row : rows) {
    for (const double value : row.refused) {
      auto request = this->request();
      row.set(request, value);
      expectParts(problemOf([&] { checkTraining(request); }),
                  {concat(row.name, " is ", value, "; "), " to ", "was expected"});
      if (value == row.refused.front()) {
        EXPECT_FALSE(refusal(request).empty()) << row.name;
      }
    }
    for (const double value : row.taken) {
      auto request = this->request();
      row.set(request, value);
      EXPECT_EQ(problemOf([&] { checkTraining(request); }), "") << row.name << ' ' << value;
    }
  }
  auto request = this->request();
  for (const double weight : {-1.0, kNan, kInf}) {
    request.weights = {{"photo", weight}};
    expectParts(refusal(request), {"--weight photo is ", "from 0 on"});
  }
  request.weights = {{"photo", 1.0}, {"elsewhere", 2.0}};
  expectParts(refusal(request), {"--weight elsewhere=2", "none of the 1 photos"});
}

}  // namespace
}  // namespace p2l
