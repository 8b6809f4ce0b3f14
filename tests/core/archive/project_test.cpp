// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/archive/project.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "core/experiment/record.h"
#include "core/types/error.h"
#include "tests/support/temporary_folder.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;

class ProjectTest : public test::TemporaryFolder {
 protected:
  void SetUp() override {
    TemporaryFolder::SetUp();
    writePhoto(Image(24, 20, 3, 0.6f), at("cat.png"), "");
    photo_ = readPhoto(at("cat.png"));
    RunArchive history(at("history"));
    for (int i = 0; i < 2; ++i) {
      KeptRun run;
      run.id = keptRunId(1000 + i);
      run.name = concat("run ", i);
      run.photo_path = at("cat.png");
      run.photo_sha256 = fileSha256(at("cat.png"));
      run.request.seed = static_cast<std::uint64_t>(i);
      run.report.request = run.request;
      const Image result(24, 20, 3, 0.2f * static_cast<float>(i + 1));
      history.keep(run, {result, Image(4, 4, 3), {}, photo_.origin}, {run.photo_path, run.photo_sha256, photo_});
      project_.runs.push_back(run.id);
    }
    project_.photo_label = "cat.png";
    project_.photo_path = at("cat.png");
    project_.photo_sha256 = fileSha256(at("cat.png"));
    project_.settings.degradation() = {"inpaint", {}, "painted", {}, false};
    project_.settings.solver_values["K"] = 4.0;
    Image mask(24, 20, 1, 0.0f);
    mask.at(5, 6, 0) = 1.0f;
    project_.pictures.masks = {mask};
  }
  std::string at(const std::string& name) const { return (folder_ / name).string(); }

  Photo photo_;
  Project project_;
};

/// A device has no end, and a pipe waits for somebody to write.
TEST_F(ProjectTest, OfAStrangerMayNameWhatIsNoFile) {
  fs::remove(at("cat.png"));
  ASSERT_EQ(::mkfifo(at("pipe.png").c_str(), 0600), 0);
  for (const auto& path : {std::string("/dev/zero"), at("pipe.png")}) {
    EXPECT_EQ(fileSha256(path), "");
    project_.photo_path = path;
    saveProject(at("a.p2l"), project_, RunArchive(at("history")), photo_);
    RunArchive other(at("other" + fs::path(path).stem().string()));
    EXPECT_TRUE(fs::is_regular_file(openProject(at("a.p2l"), other).photo_path)) << path;
  }
}

TEST_F(ProjectTest, ComesBackWholeOnAnotherMachine) {
  saveProject(at("a.p2l"), project_, RunArchive(at("history")), photo_);
  fs::remove(at("cat.png"));
  RunArchive other(at("other"));
  const auto opened = openProject(at("a.p2l"), other);
  EXPECT_EQ(opened.photo_label, "cat.png");
  EXPECT_EQ(jsonFromRequest(opened.settings), jsonFromRequest(project_.settings));
  ASSERT_EQ(opened.pictures.masks.size(), 1u);
  EXPECT_EQ(opened.pictures.masks[0]->pixels, project_.pictures.masks[0]->pixels);
  EXPECT_EQ(fileSha256(opened.photo_path), project_.photo_sha256);  // the same bytes
  const auto runs = other.all();
  ASSERT_EQ(runs.size(), 2u);
  EXPECT_EQ(runs[1].name, "run 1");
  EXPECT_NEAR(readPhoto(other.resultPath(runs[1].id)).image.at(3, 3, 1), 0.4f, 1e-4f);
  openProject(at("a.p2l"), other);
  EXPECT_EQ(other.all().size(), 2u);  // once
}

TEST_F(ProjectTest, TakesThePicturesOfStepsAlongAsFarAsThereIsRoom) {
  RunArchive history(at("history"));
  Latent latent;
  latent.step = latent.channels = latent.height = latent.width = 1;
  latent.picture_height = latent.picture_width = 8;
  latent.halves = {0x3c00};
  for (const auto& id : project_.runs) {
    const auto picture = std::make_shared<const Frame>(frameFromImage(Image(24, 20, 3, 0.5f)));
    history.keepSteps(id, {{1, picture}, {2, picture}}, {{1, std::make_shared<const Latent>(latent)}});
  }
  const auto size = fs::file_size(history.stepsPath(project_.runs[0]));
  int turn = 0;
  const auto opened = [&](std::uint64_t room) {
    saveProject(at("a.p2l"), project_, history, photo_, room);
    RunArchive other(at(concat("other", turn++)));
    EXPECT_EQ(openProject(at("a.p2l"), other).runs.size(), 2u);  // with their steps or without
    std::vector<std::size_t> steps;
    for (const auto& id : project_.runs) steps.push_back(other.steps(id).size() + 10 * other.latents(id).size());
    return steps;
  };
  const std::size_t all = 12;
  EXPECT_EQ(opened(kMostSteps), (std::vector{all, all}));
  EXPECT_EQ(opened(2 * size - 1), (std::vector<std::size_t>{0, all}));  // the newest
  project_.shown = project_.runs[0];
  EXPECT_EQ(opened(2 * size - 1), (std::vector<std::size_t>{all, 0}));
  EXPECT_EQ(opened(size - 1), (std::vector<std::size_t>{0, 0}));
  // Those that the history has let go come back.
  saveProject(at("a.p2l"), project_, history, photo_);
  fs::remove(history.stepsPath(project_.runs[1]));
  openProject(at("a.p2l"), history);
  EXPECT_EQ(history.steps(project_.runs[1]).size(), 2u);
}

TEST_F(ProjectTest, KnowsTheRunThatWasShown) {
  project_.shown = project_.runs[0];
  saveProject(at("a.p2l"), project_, RunArchive(at("history")), photo_);
  RunArchive other(at("other"));
  EXPECT_EQ(openProject(at("a.p2l"), other).shown, project_.runs[0]);
  project_.shown = "of-no-run";
  saveProject(at("a.p2l"), project_, RunArchive(at("history")), photo_);
  EXPECT_EQ(openProject(at("a.p2l"), other).shown, "");
}

TEST_F(ProjectTest, APastedPhotoIsKeptByItsPixels) {
  project_.photo_path.clear();
  project_.photo_sha256 = sha256OfPixels(photo_.image);
  project_.runs.clear();
  saveProject(at("a.p2l"), project_, RunArchive(at("empty")), photo_);
  RunArchive other(at("other"));
  EXPECT_EQ(readPhoto(openProject(at("a.p2l"), other).photo_path).image.pixels, photo_.image.pixels);
}

TEST_F(ProjectTest, UnzipReadsIt) {
  saveProject(at("a.p2l"), project_, RunArchive(at("history")), photo_);
  const auto command = "cd " + folder_.string() +
                       " && python3 -c \"import zipfile; z = zipfile.ZipFile('a.p2l'); assert z.testzip() is None; "
                       "assert 'project.json' in z.namelist(); assert len(z.namelist()) == 9\"";
  EXPECT_EQ(std::system(command.c_str()), 0);
}

// Whatever is cut off or changed: one sentence that names the file, and the history stays as it is.
TEST_F(ProjectTest, ADamagedOneIsRefusedInOneSentence) {
  saveProject(at("a.p2l"), project_, RunArchive(at("history")), photo_);
  std::ifstream file(at("a.p2l"), std::ios::binary);
  const std::string whole((std::istreambuf_iterator<char>(file)), {});
  RunArchive other(at("other"));
  const auto refused = [&](const std::string& bytes) {
    std::ofstream(at("b.p2l"), std::ios::binary) << bytes;
    const auto sentence = test::problemOf([&] { openProject(at("b.p2l"), other); });
    EXPECT_NE(sentence.find(at("b.p2l") + " cannot be opened as a project of P2L Studio: "), std::string::npos);
    EXPECT_EQ(sentence.find('\n'), std::string::npos);
    EXPECT_EQ(sentence.back(), '.');
    EXPECT_EQ(sentence.find(at("b.p2l"), 1), std::string::npos) << sentence;  // once
    EXPECT_NE(sentence.find("an earlier copy of it."), std::string::npos) << sentence;
  };
  for (const double share : {0.05, 0.3, 0.6}) refused(whole.substr(0, std::size_t(double(whole.size()) * share)));
  refused("");
  refused("not a zip");
  auto changed = whole;
  changed.replace(changed.find("p2l_project"), 3, "xyz");
  refused(changed);
  EXPECT_TRUE(other.all().empty());
  EXPECT_EQ(test::problemOf([&] { openProject(at("none.p2l"), other); }), "There is no file " + at("none.p2l") + ".");
}

TEST_F(ProjectTest, AFailedSaveLeavesTheFormerFile) {
  saveProject(at("a.p2l"), project_, RunArchive(at("history")), photo_);
  const auto before = fileSha256(at("a.p2l"));
  project_.runs.push_back("20260101-000000-000-missing");
  EXPECT_THROW(saveProject(at("a.p2l"), project_, RunArchive(at("history")), photo_), Error);
  EXPECT_EQ(fileSha256(at("a.p2l")), before);
}

}  // namespace
}  // namespace p2l
