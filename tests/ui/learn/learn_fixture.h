// SPDX-License-Identifier: GPL-3.0-or-later
// The page Learn with the real session on a thread.
#pragma once

#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <mutex>
#include <thread>

#include "core/api/files.h"
#include "core/api/session.h"
#include "ui/base/frame_image.h"
#include "ui/base/side_runs.h"
#include "ui/learn/learn_model.h"
#include "ui/learn/learn_page.h"

namespace p2l {

using ui::LearnModel;
using ui::LearnPage;
using ui::RunModel;

/// What a run says to the document or to runs beside it, on their thread.
template <class Listener>
class Reporter : public RunObserver {
 public:
  Reporter(Listener* document, ui::RunJob job) : document_(document), job_(std::move(job)) {}
  Pictures wantedPictures() const override { return Pictures::Every; }
  bool wantsNoisy() const override { return job_.wishes->parts; }
  bool wantsProjections() const override { return job_.wishes->parts; }
  bool wantsGradients() const override { return job_.wishes->parts; }
  void runStarted(const RunStart& start) override {
    QMetaObject::invokeMethod(document_, [d = document_, start] { d->runStarted(start); });
  }
  void stepFinished(std::uint64_t id, const StepReport& report) override {
    QMetaObject::invokeMethod(document_, [d = document_, id, report] { d->stepFinished(id, report); });
  }
  void pictureReady(std::shared_ptr<const Snapshot> snapshot) override {
    QMetaObject::invokeMethod(document_, [d = document_, snapshot] { d->picturesReady({snapshot}); });
  }

 private:
  Listener* document_;
  ui::RunJob job_;
};

class LearnFixture : public QObject {
 protected:
  static constexpr int kSide = 64;
  static constexpr int kPatience = 120000;
  static constexpr int kFullSizePatience = 900000;

  Session session_;
  std::mutex session_in_use_;  ///< runs follow each other, as in the studio
  QTemporaryDir folder_;
  std::unique_ptr<RunModel> document_;
  std::unique_ptr<LearnPage> page_;
  std::vector<std::thread> threads_;

  LearnModel* model() const { return page_->model(); }
  /// As lessons are in the window; takes minutes.
  static bool isFullSize() { return qEnvironmentVariableIsSet("P2L_FULL_SIZE"); }
  static int patience() { return isFullSize() ? kFullSizePatience : kPatience; }

  static std::shared_ptr<const ui::OpenedPhoto> photo(const char* name) {
    auto opened = std::make_shared<ui::OpenedPhoto>();
    auto read = std::make_shared<Photo>(readPhoto(resourceFolder() + "/photos/" + name));
    opened->label = QString::fromLatin1(name);
    opened->shown = ui::qimageFromImage(read->image);
    opened->photo = std::move(read);
    return opened;
  }
  void serve(const ui::RunJob& job) { serveFor(document_.get(), job); }
  /// `document`: who hears of the run, the document or its runs beside.
  template <class Listener>
  void serveFor(Listener* document, const ui::RunJob& job) {
    threads_.emplace_back([this, job, document] {
      const std::lock_guard one_run(session_in_use_);
      Reporter reporter(document, job);
      const auto id = job.run_id;
      try {
        auto outcome =
            session_.run(job.request, ui::inputsFromPictures(job.request, job.pictures), reporter, *job.control, id);
        auto result = ui::resultFromOutcome(std::move(outcome), job.pictures);
        QMetaObject::invokeMethod(document, [document, id, result] { document->runFinished(id, result); });
      } catch (const std::exception& error) {
        const auto sentence = QString::fromUtf8(error.what());
        QMetaObject::invokeMethod(document, [document, id, sentence] { document->runFailed(id, sentence); });
      }
    });
  }
  void waitForThreads() {
    for (auto& thread : threads_) thread.join();
    threads_.clear();
  }
  RestoreRequest ownRequest(const char* solver, int steps) const {
    RestoreRequest request;
    request.solver = solver;
    request.size = 32;
    request.sampler_values = {{"steps", double(steps)}};
    return session_.catalogue().complete(request);
  }
  /// The first lesson with this stage, once its photo has come.
  void openLesson(Lesson::Stage stage) {
    const auto& lessons = model()->lessons();
    const auto found =
        std::find_if(lessons.begin(), lessons.end(), [stage](const auto& each) { return each.stage == stage; });
    QVERIFY(found != lessons.end());
    model()->choose(static_cast<int>(found - lessons.begin()));
    QTRY_VERIFY_WITH_TIMEOUT(model()->isReady(), kPatience);
  }

  /// Once for all tests.
  void prepare(const char* name) {
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("p2l-studio-test"));
    QCoreApplication::setApplicationName(QString::fromLatin1(name));
  }
  /// Before each test.
  void openPage() {
    QSettings().clear();
    document_ = std::make_unique<RunModel>();
    page_ = std::make_unique<LearnPage>(new LearnModel(session_.catalogue(), document_.get()));
    if (!isFullSize()) model()->setLargestSide(kSide);
    page_->resize(1280, 650);
    connect(document_.get(), &RunModel::runRequested, this, &LearnFixture::serve);
    page_->show();
  }
  /// After each test.
  void closePage() {
    model()->choose(-1);  // no run follows the one that is stopped
    document_->stop();
    waitForThreads();
    page_.reset();
    document_.reset();
  }
};

}  // namespace p2l
