// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/archive/run_archive.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <initializer_list>
#include <thread>

#include "core/api/measure.h"
#include "core/base/file.h"
#include "core/experiment/record.h"
#include "core/io/archive.h"
#include "core/io/codec/animation.h"
#include "core/types/error.h"
#include "tests/support/temporary_folder.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;

class RunArchiveTest : public test::TemporaryFolder {
 protected:
  std::string at(const std::string& name) const { return (folder_ / name).string(); }
  RunArchive archive(std::uint64_t budget = RunArchive::kDefaultBudget) const {
    return RunArchive(at("history"), budget);
  }

  static Image picture(int side, float value) {
    Image image(side, side, 3, value);
    for (std::size_t i = 0; i < image.pixels.size(); ++i)  // what PNG cannot make small
      image.pixels[i] = static_cast<float>((i * 2654435761U) % 65536) / 65535.0f * value;
    return image;
  }
  Photo photo(const std::string& name, float value = 0.8f) const {
    writePhoto(picture(32, value), at(name), "");
    return readPhoto(at(name));
  }
  static KeptRun run(std::int64_t time_ms, const std::string& photo_path) {
    KeptRun run;
    run.id = keptRunId(time_ms);
    run.time_ms = time_ms;
    run.name = "P2L, Super-resolution";
    run.photo_label = "cat.png";
    run.photo_path = photo_path;
    run.photo_sha256 = fileSha256(photo_path);
    run.request.photo = photo_path;
    run.request.seed = 7;
    run.request.solver_values["K"] = 3.0;
    run.report.request = run.request;
    run.report.metrics["psnr"] = 28.25;
    run.report.psnr_measurement = 9.5;
    run.report.psnr_telea = 21.5;
    run.report.residual = 1.5;
    run.report.remarks = {"A remark"};
    run.report.versions["p2l"] = "1";
    run.report.model.name = "p2l-tiny";
    for (int i = 1; i <= 4; ++i) {
      StepReport step;
      step.step = i;
      step.steps = 9;
      step.residual = 10.0 / i;
      step.projected = i % 2 == 0;
      run.report.steps.push_back(step);
    }
    return run;
  }
  void keep(RunArchive& archive, const KeptRun& run, const Photo& photo, const Image& result,
            RequestPictures given = {}) const {
    archive.keep(run, {result, picture(8, 0.5f), std::move(given), photo.origin},
                 {run.photo_path, run.photo_sha256, photo});
  }
  /// A run of a photo of its own, kept.
  KeptRun keepOne(RunArchive& archive) const {
    const auto photo = this->photo("cat.png");
    const auto kept = run(1000, at("cat.png"));
    keep(archive, kept, photo, picture(16, 1.0f));
    return kept;
  }
};

TEST_F(RunArchiveTest, ARunComesBackWhole) {
  const auto photo = this->photo("cat.png");
  auto kept = run(1000, at("cat.png"));
  kept.starred = true;
  kept.status = Outcome::Status::Cancelled;
  kept.message = "Stopped after 4 of 9 steps";
  RequestPictures given;
  Image mask(32, 32, 1, 0.0f);
  mask.at(3, 4, 0) = 1.0f;
  given.masks = {mask};
  const auto result = picture(64, 0.7f);
  {
    auto archive = this->archive();
    keep(archive, kept, photo, result, given);
  }
  const auto again = archive();
  const auto all = again.all();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].id, kept.id);
  EXPECT_EQ(all[0].name, kept.name);
  EXPECT_TRUE(all[0].starred);
  EXPECT_EQ(all[0].status, Outcome::Status::Cancelled);
  EXPECT_EQ(all[0].message, kept.message);
  EXPECT_EQ(all[0].time_ms, 1000);
  EXPECT_EQ(jsonFromRequest(all[0].request), jsonFromRequest(kept.request));
  EXPECT_EQ(all[0].report.metric("psnr"), 28.25);
  EXPECT_EQ(all[0].report.psnrPlain(), 21.5);
  EXPECT_TRUE(std::isnan(all[0].report.metric("ssim")));
  ASSERT_EQ(all[0].report.steps.size(), 4u);
  EXPECT_EQ(all[0].report.steps[2].residual, 10.0 / 3);
  EXPECT_EQ(all[0].report.steps[2].steps, 9);
  EXPECT_TRUE(all[0].report.steps[1].projected);
  EXPECT_EQ(all[0].report.remarks, kept.report.remarks);
  const auto stored = readPhoto(again.resultPath(kept.id));
  for (std::size_t i = 0; i < result.pixels.size(); ++i)
    ASSERT_NEAR(stored.image.pixels[i], result.pixels[i], 0.5 / 65535 + 1e-6);  // 16 bit
  ASSERT_EQ(stored.pictures.masks.size(), 1u);
  EXPECT_EQ(stored.pictures.masks[0]->pixels, mask.pixels);
  EXPECT_EQ(stored.request_json, jsonFromRequest(kept.request));
}

TEST_F(RunArchiveTest, WhatTheDiskRefusesIsSaidOfTheHistory) {
  const auto photo = this->photo("cat.png");
  const auto kept = run(1000, at("cat.png"));
  auto archive = this->archive();
  const auto unfinished = at("history/runs/.new-") + kept.id + "-" + std::to_string(::getpid());
  std::ofstream(unfinished) << "in its way";
  const auto saidOf = [](const std::function<void()>& act) {
    try {
      act();
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  const auto refused = saidOf([&] { keep(archive, kept, photo, picture(64, 0.7f)); });
  EXPECT_EQ(refused.rfind("The run could not be kept in the history: " + unfinished, 0), 0u) << refused;
  fs::remove_all(at("history/photos"));
  std::ofstream(at("history/photos")) << "in its way";
  const auto no_photo = saidOf([&] { keep(archive, kept, photo, picture(64, 0.7f)); });
  EXPECT_EQ(no_photo.rfind("The run could not be kept in the history: ", 0), 0u) << no_photo;
  std::ofstream(at("file")) << "in its way";
  const auto none = saidOf([&] { const RunArchive history(at("file")); });
  EXPECT_EQ(none.rfind("There can be no history: ", 0), 0u) << none;
}

TEST_F(RunArchiveTest, ARunTakesThePlaceOfWhatItWas) {
  const auto photo = this->photo("cat.png");
  auto archive = this->archive();
  auto kept = run(1000, at("cat.png"));
  EXPECT_FALSE(archive.hasPictureOf(kept));
  keep(archive, kept, photo, Image(32, 32, 3, 0.25f));
  kept.report.metrics["psnr"] = 27.5;
  EXPECT_TRUE(archive.hasPictureOf(kept));  // the number alone is new
  kept.request.sampler_values["detail"] = 0.5;
  kept.report.request = kept.request;
  EXPECT_FALSE(archive.hasPictureOf(kept));
  keep(archive, kept, photo, Image(32, 32, 3, 0.75f));
  const auto all = archive.all();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all.front().report.metric("psnr"), 27.5);
  EXPECT_EQ(all.front().request.sampler_values.at("detail"), ParamValue(0.5));
  EXPECT_NEAR(readPhoto(archive.resultPath(kept.id)).image.pixels.front(), 0.75, 1e-2);
  int folders = 0;
  for (const auto& entry : fs::directory_iterator(at("history") + "/runs")) folders += entry.is_directory() ? 1 : 0;
  EXPECT_EQ(folders, 1);  // what it was is gone
}

TEST_F(RunArchiveTest, ThePhotoOutlivesItsFile) {
  const auto photo = this->photo("cat.png");
  const auto kept = run(1000, at("cat.png"));
  auto archive = this->archive();
  keep(archive, kept, photo, picture(16, 1.0f));
  EXPECT_EQ(archive.photoPath(kept), at("cat.png"));
  this->photo("cat.png", 0.3f);  // another picture by that name
  const auto copy = archive.photoPath(kept);
  EXPECT_NE(copy, at("cat.png"));
  EXPECT_EQ(readPhoto(copy).image.pixels, photo.image.pixels);
  // A second run of the same photo keeps no second copy; a pasted one keeps its pixels.
  auto pasted = run(2000, at("cat.png"));
  pasted.photo_path.clear();
  pasted.photo_sha256 = sha256OfPixels(photo.image);
  keep(archive, pasted, photo, picture(16, 1.0f));
  EXPECT_EQ(readPhoto(archive.photoPath(pasted)).image.pixels, photo.image.pixels);
}

TEST_F(RunArchiveTest, TheOldestWithoutAStarGoOverTheBudget) {
  const auto photo = this->photo("cat.png"), other = this->photo("dog.png", 0.4f);
  auto archive = this->archive();
  auto starred = run(1000, at("cat.png"));
  starred.starred = true;
  const auto second = run(2000, at("dog.png")), third = run(3000, at("cat.png")), newest = run(4000, at("cat.png"));
  keep(archive, starred, photo, picture(64, 1.0f));
  keep(archive, second, other, picture(64, 1.0f));
  keep(archive, third, photo, picture(64, 1.0f));
  EXPECT_EQ(archive.all().size(), 3u);
  auto small = this->archive(archive.bytes());
  keep(small, newest, photo, picture(64, 1.0f));
  const auto left = small.all();
  ASSERT_EQ(left.size(), 3u);
  EXPECT_EQ(left[0].id, starred.id);
  EXPECT_EQ(left[1].id, third.id);
  EXPECT_EQ(left[2].id, newest.id);
  EXPECT_LE(small.bytes(), archive.bytes());
  fs::remove(at("dog.png"));
  EXPECT_EQ(small.photoPath(second), "");  // no run needs it any more
  auto tiny = this->archive(1);
  keep(tiny, run(5000, at("cat.png")), photo, picture(64, 1.0f));
  EXPECT_EQ(tiny.all().size(), 1u);  // the newest stays
}

StepPictures stepPictures(std::initializer_list<int> steps, int side = 32) {
  StepPictures pictures;
  for (const int step : steps) {
    Frame frame;
    frame.width = 2 * side;
    frame.height = side;
    frame.bytes.resize(std::size_t(frame.width) * frame.height * 3);
    for (std::size_t i = 0; i < frame.bytes.size(); ++i)  // a ramp from left to right, red darker than blue
      frame.bytes[i] = static_cast<std::uint8_t>(10 * step + i / 3 % frame.width + 20 * (i % 3));
    pictures[step] = std::make_shared<const Frame>(std::move(frame));
  }
  return pictures;
}

TEST_F(RunArchiveTest, PicturesOfStepsComeBackWithTheirRun) {
  const auto photo = this->photo("cat.png");
  auto archive = this->archive();
  const auto kept = run(1000, at("cat.png"));
  const auto pictures = stepPictures({1, 4, 9});
  archive.keepSteps(kept.id, pictures);  // of a run that is not there
  EXPECT_TRUE(archive.steps(kept.id).empty());
  EXPECT_TRUE(archive.all().empty());
  keep(archive, kept, photo, picture(16, 1.0f));
  archive.keepSteps(kept.id, pictures);
  const auto there = this->archive().steps(kept.id);
  ASSERT_EQ(there.size(), 3u);
  for (const auto& [step, frame] : pictures) {
    const auto& back = there.at(step);
    ASSERT_EQ(back->width, frame->width);
    ASSERT_EQ(back->height, frame->height);
    ASSERT_EQ(back->channels, 3);
    double difference = 0.0;
    for (std::size_t i = 0; i < frame->bytes.size(); ++i)
      difference += std::abs(int{frame->bytes[i]} - int{back->bytes[i]});
    EXPECT_LT(difference / static_cast<double>(frame->bytes.size()), 4.0) << step;
  }
  // Another picture of the same run leaves its steps, and they leave with it.
  keep(archive, kept, photo, picture(16, 0.5f));
  EXPECT_EQ(archive.steps(kept.id).size(), 3u);
  archive.keepSteps(kept.id, stepPictures({2}));
  EXPECT_EQ(archive.steps(kept.id).count(9), 1u);
  std::ofstream(fs::path(archive.runFolder(kept.id)) / "steps.zip", std::ios::trunc) << "PK";
  EXPECT_THROW(archive.steps(kept.id), Error);
  archive.remove(kept.id);
  EXPECT_TRUE(archive.steps(kept.id).empty());
}

StepLatents stepLatents(std::initializer_list<int> steps) {
  StepLatents latents;
  for (const int step : steps) {
    Latent latent;
    latent.step = step;
    latent.channels = 4;
    latent.height = 6;
    latent.width = 5;
    latent.picture_height = 48;
    latent.picture_width = 39;
    for (int i = 0; i < 4 * 6 * 5; ++i) latent.halves.push_back(static_cast<std::uint16_t>(0x3c00 + 301 * step + i));
    latents[step] = std::make_shared<const Latent>(std::move(latent));
  }
  return latents;
}

TEST_F(RunArchiveTest, LatentsOfStepsComeBackAsTheyWere) {
  auto archive = this->archive();
  EXPECT_TRUE(archive.latents(keptRunId(1000)).empty());  // of a run that is not there
  const auto kept = keepOne(archive);
  const auto latents = stepLatents({1, 2, 9});
  const auto before = archive.bytes();
  archive.keepSteps(kept.id, stepPictures({1, 9}), latents);
  EXPECT_GE(archive.bytes(), before + 3 * 4 * 6 * 5 * sizeof(std::uint16_t));  // in the history's budget
  const auto there = this->archive().latents(kept.id);
  ASSERT_EQ(there.size(), 3u);
  for (const auto& [step, latent] : latents) {
    const auto& back = *there.at(step);
    EXPECT_EQ(back.step, step);
    EXPECT_EQ(back.channels, 4);
    EXPECT_EQ(back.height, 6);
    EXPECT_EQ(back.width, 5);
    EXPECT_EQ(back.picture_height, 48);
    EXPECT_EQ(back.picture_width, 39);
    EXPECT_EQ(back.halves, latent->halves);
  }
  EXPECT_EQ(archive.steps(kept.id).size(), 2u);
}

TEST_F(RunArchiveTest, StepsOfFormerVersionsHaveNoLatentsAndDamagedOnesAreRefused) {
  const auto estimates = [&] {
    std::vector<std::pair<std::string, Bytes>> members(1);
    for (const auto& [step, frame] : stepPictures({1, 4}))
      members.emplace_back(std::to_string(step) + ".webp", encodeLossyWebp(*frame));
    return members;
  };
  const auto write = [&](const std::string& index, std::size_t numbers) {
    auto members = estimates();
    members.front() = {"steps.json", Bytes(index.begin(), index.end())};
    if (numbers > 0) members.emplace_back("4.half", Bytes(numbers, 1));
    writeZip(at("steps.zip"), members);
  };
  write("[1,4]", 0);
  EXPECT_EQ(readStepPictures(at("steps.zip")).size(), 2u);
  EXPECT_TRUE(readStepLatents(at("steps.zip")).empty());
  const std::string one = R"({"estimates":[1],"latents":[{"step":4,"shape":[1,2,SIDE],"picture":[8,8]}]})";
  const auto with = [&](const std::string& side) { return std::string(one).replace(one.find("SIDE"), 4, side); };
  write(with("2"), 8);
  EXPECT_EQ(readStepLatents(at("steps.zip")).at(4)->halves.size(), 4u);
  for (const auto& [side, numbers] : {std::pair{"2", 6}, {"2", 10}, {"2", 0}, {"0", 8}, {"-2", 8}, {"2000000000", 8}}) {
    write(with(side), static_cast<std::size_t>(numbers));
    EXPECT_THROW(readStepLatents(at("steps.zip")), Error) << side << " " << numbers;
    EXPECT_EQ(readStepPictures(at("steps.zip")).size(), 1u);
  }
}

TEST_F(RunArchiveTest, StepsBeyondTheBudgetAreNotRead) {
  const auto pictures = stepPictures({1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  ASSERT_TRUE(writeStepPictures(at("steps.zip"), pictures));
  const auto size = pictures.at(1)->bytes.size();
  const auto read = [&](std::size_t budget) {
    std::vector<int> steps;
    for (const auto& [step, frame] : readStepPictures(at("steps.zip"), budget)) steps.push_back(step);
    return steps;
  };
  EXPECT_EQ(read(10 * size).size(), 10u);
  EXPECT_EQ(read(5 * size), (std::vector<int>{2, 4, 6, 8, 10}));
  EXPECT_EQ(read(3 * size - 1), (std::vector<int>{5, 10}));
  EXPECT_EQ(read(1), (std::vector<int>{10}));  // the last one always
  // One that is not read is not decoded: its samples may be damaged.
  std::vector<std::pair<std::string, Bytes>> members = {{"steps.json", {'[', '1', ',', '2', ']'}}};
  for (const int step : {1, 2})
    members.emplace_back(std::to_string(step) + ".webp", encodeLossyWebp(*pictures.at(step)));
  auto& damaged = members[1].second;
  damaged.resize(damaged.size() / 2);
  writeZip(at("steps.zip"), members);
  EXPECT_EQ(read(size), (std::vector<int>{2}));
  EXPECT_THROW(read(2 * size), Error);
}

// Small on the disk and large in memory: such a file comes with a stranger's project.
TEST_F(RunArchiveTest, StepsThatAreCompressedAreRefused) {
  const auto command = "cd " + folder_.string() +
                       " && python3 -c \"import zipfile; z = zipfile.ZipFile('steps.zip', 'w', zipfile.ZIP_DEFLATED); "
                       "z.writestr('steps.json', '[1]'); z.writestr('1.webp', bytes(1 << 20))\"";
  ASSERT_EQ(std::system(command.c_str()), 0);
  const auto sentence = test::problemOf([&] { readStepPictures(at("steps.zip")); });
  EXPECT_NE(sentence.find("1.webp in " + at("steps.zip") + " is larger"), std::string::npos) << sentence;
}

TEST_F(RunArchiveTest, PicturesOfStepsThatAreGivenUpLeaveNothing) {
  auto archive = this->archive();
  const auto kept = keepOne(archive);
  const auto filesOf = [&] {
    const auto files = fs::directory_iterator(archive.runFolder(kept.id));
    return std::distance(begin(files), end(files));
  };
  const auto files = filesOf();
  const auto pictures = stepPictures({1, 4, 9});
  for (int last = 0; last <= 3; ++last) {  // the last time before the file itself is written
    int asked = 0;
    archive.keepSteps(kept.id, pictures, {}, [&] { return asked++ < last; });
    EXPECT_EQ(asked, last + 1);  // nothing more is made
    EXPECT_TRUE(archive.steps(kept.id).empty());
    EXPECT_EQ(filesOf(), files);
  }
  archive.keepSteps(kept.id, pictures, {}, [] { return true; });
  EXPECT_EQ(archive.steps(kept.id).size(), 3u);
}

TEST_F(RunArchiveTest, ARunIsRemovedWhilePicturesOfItsStepsAreMade) {
  const auto photo = this->photo("cat.png");
  auto archive = this->archive();
  const auto pictures = stepPictures({1, 4, 9});
  for (int last = 1; last <= 4; ++last) {  // the last time before the file itself is written
    const auto kept = run(1000 * last, at("cat.png"));
    keep(archive, kept, photo, picture(16, 1.0f));
    int asked = 0;
    const auto removes = [&] {
      if (++asked == last) archive.remove(kept.id);
      return true;
    };
    EXPECT_NO_THROW(archive.keepSteps(kept.id, pictures, {}, removes)) << last;
    EXPECT_EQ(asked, last);
    EXPECT_FALSE(fs::exists(archive.runFolder(kept.id)));
  }
}

TEST_F(RunArchiveTest, WhatAKilledProcessWasWritingGoesFromTheRun) {
  auto archive = this->archive();
  const auto kept = keepOne(archive);
  const auto inRun = [&](const std::string& name) { return fs::path(archive.runFolder(kept.id)) / name; };
  const auto child = ::fork();
  if (child == 0) {
    // Killed by the kernel while it writes: the file grows over what the process may have.
    ::signal(SIGXFSZ, SIG_DFL);
    const rlimit small = {4096, 4096};
    ::setrlimit(RLIMIT_FSIZE, &small);
    writeFile(archive.stepsPath(kept.id), Bytes(1 << 16, 1));
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status));
  const auto leftovers = [&] {
    int count = 0;
    for (const auto& entry : fs::directory_iterator(archive.runFolder(kept.id)))
      count += entry.path().filename().string().rfind(".p2l-", 0) == 0 ? 1 : 0;
    return count;
  };
  ASSERT_EQ(leftovers(), 1);
  // Others' files stay, and what a process is just writing.
  for (const auto* name : {".p2l-1234567", "p2l-123456"}) std::ofstream(inRun(name)) << "mine";
  const int writing = ::open(inRun(".p2l-abcDE1").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  ASSERT_EQ(::flock(writing, LOCK_EX), 0);
  std::ofstream(fs::path(at("history")) / "runs" / ".p2l-abcdef") << "not in a run's folder";
  this->archive();
  EXPECT_EQ(leftovers(), 2);
  EXPECT_TRUE(fs::exists(inRun(".p2l-1234567")));
  EXPECT_TRUE(fs::exists(inRun("p2l-123456")));
  EXPECT_TRUE(fs::exists(inRun(".p2l-abcDE1")));
  EXPECT_TRUE(fs::exists(fs::path(at("history")) / "runs" / ".p2l-abcdef"));
  ::close(writing);
  this->archive();
  EXPECT_FALSE(fs::exists(inRun(".p2l-abcDE1")));
  EXPECT_EQ(this->archive().all().size(), 1u);
}

TEST_F(RunArchiveTest, PicturesThatNoWebPTakesAreASentence) {
  auto archive = this->archive();
  const auto kept = keepOne(archive);
  const auto wide = [](int width) {
    Frame frame;
    frame.width = width;
    frame.height = 2;
    frame.bytes.assign(std::size_t(width) * 2 * 3, 90);
    return StepPictures{{1, std::make_shared<const Frame>(std::move(frame))}};
  };
  const auto sentence = test::problemOf([&] { archive.keepSteps(kept.id, wide(16384)); });
  EXPECT_NE(sentence.find("16384 x 2 pixels is too large for a WebP, which takes 16383"), std::string::npos)
      << sentence;
  EXPECT_TRUE(archive.steps(kept.id).empty());
  archive.keepSteps(kept.id, wide(16383));
  EXPECT_EQ(archive.steps(kept.id).at(1)->width, 16383);
}

TEST_F(RunArchiveTest, PicturesOfStepsGoBeforeAnyRunDoes) {
  const auto photo = this->photo("cat.png");
  auto archive = this->archive();
  auto starred = run(1000, at("cat.png"));
  starred.starred = true;
  const auto second = run(2000, at("cat.png")), third = run(3000, at("cat.png"));
  for (const auto& kept : {starred, second, third}) {
    keep(archive, kept, photo, picture(16, 1.0f));
    if (kept.id != third.id) archive.keepSteps(kept.id, stepPictures({1, 2, 3}));
  }
  auto small = this->archive(archive.bytes() + 10);
  small.keepSteps(third.id, stepPictures({1, 2, 3}));
  EXPECT_EQ(small.all().size(), 3u);
  EXPECT_TRUE(small.steps(second.id).empty());  // the oldest without a star
  EXPECT_EQ(small.steps(starred.id).size(), 3u);
  EXPECT_EQ(small.steps(third.id).size(), 3u);
  EXPECT_LE(small.bytes(), archive.bytes() + 10);
}

TEST_F(RunArchiveTest, PicturesOfStepsNeverCostARun) {
  const auto photo = this->photo("cat.png");
  auto archive = this->archive();
  auto starred = run(1000, at("cat.png"));
  starred.starred = true;
  const auto second = run(2000, at("cat.png")), newest = run(3000, at("cat.png"));
  for (const auto& kept : {starred, second, newest}) keep(archive, kept, photo, picture(16, 1.0f));
  const auto few = stepPictures({1, 2, 3});
  for (const auto& kept : {starred, second}) archive.keepSteps(kept.id, few);
  const auto full = archive.bytes();
  auto small = this->archive(full);
  // More than all others' would make room for: they stay, and the new ones do not.
  const auto sentence = test::problemOf([&] { small.keepSteps(newest.id, stepPictures({1, 2, 3, 4}, 512)); });
  EXPECT_NE(sentence.find("no room"), std::string::npos) << sentence;
  EXPECT_EQ(small.all().size(), 3u);
  EXPECT_EQ(small.bytes(), full);
  EXPECT_TRUE(small.steps(newest.id).empty());
  // Both others' go for these, the starred one's, too, and no run.
  small.keepSteps(newest.id, stepPictures({1, 2, 3, 4, 5}));
  EXPECT_EQ(small.all().size(), 3u);
  EXPECT_TRUE(small.steps(second.id).empty());
  EXPECT_TRUE(small.steps(starred.id).empty());
  EXPECT_EQ(small.steps(newest.id).size(), 5u);
  EXPECT_LE(small.bytes(), full);
  // The run itself is kept anew where nothing else is left to go.
  auto smaller = this->archive(small.bytes() - 1);
  keep(smaller, newest, photo, picture(16, 1.0f));
  EXPECT_EQ(smaller.all().size(), 3u);
  EXPECT_TRUE(smaller.steps(newest.id).empty());
}

TEST_F(RunArchiveTest, StarsNamesAndRemoval) {
  auto archive = this->archive();
  auto kept = keepOne(archive);
  kept.name = "the sharp one";
  kept.starred = true;
  archive.update(kept);
  EXPECT_EQ(archive.all()[0].name, "the sharp one");
  EXPECT_TRUE(archive.all()[0].starred);
  archive.remove(kept.id);
  EXPECT_TRUE(archive.all().empty());
}

TEST_F(RunArchiveTest, ADamagedRunLeavesTheOthers) {
  const auto photo = this->photo("cat.png");
  auto archive = this->archive();
  const auto first = run(1000, at("cat.png")), second = run(2000, at("cat.png"));
  keep(archive, first, photo, picture(16, 1.0f));
  keep(archive, second, photo, picture(16, 1.0f));
  std::ofstream(fs::path(archive.resultPath(first.id)).parent_path() / "run.json") << "{\"kept\": {}}";
  std::vector<std::string> damaged;
  const auto all = archive.all(&damaged);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].id, second.id);
  ASSERT_EQ(damaged.size(), 1u);
  EXPECT_NE(damaged[0].find("run.json is no run that was kept"), std::string::npos) << damaged[0];
}

// A process that keeps runs is killed at random moments: what it said it has kept is there, and whole.
TEST_F(RunArchiveTest, AKilledProcessLosesNothingThatItHadKept) {
  const auto photo = this->photo("cat.png");
  for (int round = 0; round < 12; ++round) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const auto child = ::fork();
    if (child == 0) {
      auto archive = this->archive();
      for (int i = 0;; ++i) {
        const auto kept = run(1000000 * (round + 1) + i, at("cat.png"));
        keep(archive, kept, photo, picture(64, 1.0f));
        if (::write(ends[1], (kept.id + "\n").c_str(), kept.id.size() + 1) < 0) ::_exit(1);
      }
    }
    ::close(ends[1]);
    std::string told(1, '\0');
    ASSERT_EQ(::read(ends[0], told.data(), 1), 1);  // it is at work
    std::this_thread::sleep_for(std::chrono::microseconds(3000 + 1371 * round));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    char block[4096];
    for (ssize_t count = 0; (count = ::read(ends[0], block, sizeof block)) > 0;) told.append(block, count);
    ::close(ends[0]);
    std::vector<std::string> damaged;
    const auto archive = this->archive();
    const auto all = archive.all(&damaged);
    EXPECT_TRUE(damaged.empty()) << damaged.front();
    for (std::size_t begin = 0, end = 0; (end = told.find('\n', begin)) != std::string::npos; begin = end + 1) {
      const auto id = told.substr(begin, end - begin);
      EXPECT_TRUE(std::any_of(all.begin(), all.end(), [&](const auto& kept) { return kept.id == id; })) << id;
    }
    for (const auto& kept : all) EXPECT_NO_THROW(readPhoto(archive.resultPath(kept.id))) << kept.id;
    for (const auto& entry : fs::directory_iterator(at("history/runs")))
      EXPECT_NE(entry.path().filename().string()[0], '.') << "left behind";
  }
}

TEST(RunName, SaysWhatDiffers) {
  const auto catalogue = readCatalogue();
  RestoreRequest first;
  first.photo = "cat.png";
  first.solver_values["K"] = 1.0;
  first.sampler_values["steps"] = 30.0;
  EXPECT_EQ(runName(nullptr, first, &catalogue), "P2L, Super-resolution");
  EXPECT_EQ(runName(nullptr, first), "p2l, sr");
  auto next = first;
  next.solver_values["K"] = 8.0;
  EXPECT_EQ(runName(&first, next), "K 1 → 8");
  next.sampler_values["steps"] = 100.0;
  next.seed = 4;
  EXPECT_EQ(runName(&first, next), "K 1 → 8, steps 30 → 100, seed 0 → 4");
  next.noise = 0.05;
  EXPECT_EQ(runName(&first, next), "K 1 → 8, steps 30 → 100, noise 0.01 → 0.05, …");
  EXPECT_EQ(runName(&first, first), "p2l, again");
  next = first;
  next.solver = "psld";
  next.solver_values = {{"eta", 0.5}};
  EXPECT_EQ(runName(&first, next, &catalogue), "P2L → PSLD");
  next = first;
  next.photo = "dog.png";
  EXPECT_EQ(runName(&first, next), "p2l, sr");
  next = first;
  next.prompt = "a cat";
  EXPECT_EQ(runName(&first, next), "“a cat”");
}

TEST(RunSearch, FindsEveryWord) {
  KeptRun run;
  run.name = "K 1 → 8";
  run.photo_label = "Cat at Noon.png";
  run.request.prompt = "a Tabby";
  run.request.seed = 41;
  EXPECT_TRUE(matches(run, ""));
  EXPECT_TRUE(matches(run, "cat noon"));
  EXPECT_TRUE(matches(run, "TABBY p2l"));
  EXPECT_TRUE(matches(run, "seed 41"));
  EXPECT_FALSE(matches(run, "cat dog"));
  EXPECT_FALSE(matches(run, "star"));
  run.starred = true;
  EXPECT_TRUE(matches(run, "star"));
}

}  // namespace
}  // namespace p2l
