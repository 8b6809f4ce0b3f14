// SPDX-License-Identifier: GPL-3.0-or-later
// Another `detail` below a result that has both ends: no run, the same place in the history, numbers of its own.
#include "ui/jobs/detail_blend.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QUndoStack>
#include <QtTest>
#include <cmath>

#include "core/api/measure.h"
#include "core/archive/run_archive.h"
#include "ui/base/frame_image.h"
#include "ui/base/run_keeper.h"
#include "ui/document/run_model.h"

using namespace p2l;
using ui::DetailBlend;
using ui::RunModel;

class DetailBlendTest : public QObject {
  Q_OBJECT

 private:
  static constexpr int kPatience = 60000;
  static constexpr int kSide = 32;

  const Catalogue catalogue_ = readCatalogue();
  std::unique_ptr<QTemporaryDir> folder_;
  std::unique_ptr<RunModel> document_;
  std::unique_ptr<DetailBlend> blend_;
  ui::RunJob job_;
  int runs_ = 0;

  void setDetail(double detail) {
    auto request = document_->request();
    request.sampler_values["detail"] = detail;
    document_->changeSolver(request);
  }
  int shownGrey() const { return qGray(document_->result()->picture.pixel(3, 3)); }
  void finishRun(bool with_ends = true) {
    document_->run();
    Outcome outcome;
    outcome.status = Outcome::Status::Completed;
    outcome.picture = Image(kSide, kSide, 3, 0.2f);
    if (with_ends) {
      outcome.faithful = outcome.picture;
      outcome.sharp = Image(kSide, kSide, 3, 0.6f);
    }
    outcome.report.request = catalogue_.complete(job_.request);
    outcome.report.residual = 3.0;
    document_->runFinished(job_.run_id, ui::resultFromOutcome(std::move(outcome), job_.pictures));
  }

 private slots:
  void init() {
    folder_ = std::make_unique<QTemporaryDir>();
    document_ = std::make_unique<RunModel>();
    document_->setCatalogue(&catalogue_);
    document_->openHistory(folder_->path(), RunArchive::kDefaultBudget);
    blend_ = std::make_unique<DetailBlend>(catalogue_, document_.get());
    runs_ = 0;
    connect(document_.get(), &RunModel::runRequested, this, [this](const ui::RunJob& job) {
      job_ = job;
      ++runs_;
    });
    auto photo = std::make_shared<ui::OpenedPhoto>();
    auto read = std::make_shared<Photo>();
    read->image = Image(kSide, kSide, 3, 0.4f);
    photo->label = QStringLiteral("mine.png");
    photo->sha256 = sha256OfPixels(read->image);
    photo->shown = ui::qimageFromImage(read->image);
    photo->photo = std::move(read);
    document_->setPhoto(photo);
    auto request = document_->request();
    request.mode = Mode::Restore;
    request.size = 0;
    request.model = "p2l-tiny";
    request.degradation().id = "denoise";
    request.solver_values.clear();
    document_->changeTask(request, nullptr, 1.0);
    document_->changeSolver(request);
  }
  void cleanup() {
    blend_.reset();
    document_.reset();
  }

  void anotherValueIsAnotherMixtureWithoutARun() {
    QSignalSpy kept(document_.get(), &RunModel::runKept);
    finishRun();
    QVERIFY(kept.wait(kPatience));
    QVERIFY(blend_->hasEnds());
    QCOMPARE(shownGrey(), 51);
    setDetail(0.5);
    QTRY_COMPARE_WITH_TIMEOUT(shownGrey(), 102, kPatience);
    QCOMPARE(runs_, 1);
    QVERIFY(!document_->isStale());
    QCOMPARE(document_->pastRuns().all().size(), std::size_t{1});
    // ||y - x||: of 0.4 and 0.4 on a denoising task there is none, and before it was measured anew it was not known.
    QTRY_VERIFY_WITH_TIMEOUT(document_->result()->outcome.report.residual < 1e-3, kPatience);
    QCOMPARE(document_->pastRuns().all().front().request.sampler_values.at("detail"), ParamValue(0.5));
    // It is in the history, as it is now.
    QTRY_VERIFY_WITH_TIMEOUT(!document_->hasUnsavedResult(), kPatience);
    document_->history()->wait();
    RunArchive archive(folder_->path().toStdString());
    QCOMPARE(archive.all().size(), std::size_t{1});
    QCOMPARE(archive.all().front().request.sampler_values.at("detail"), ParamValue(0.5));
    document_->undoStack()->undo();
    QTRY_COMPARE_WITH_TIMEOUT(shownGrey(), 51, kPatience);
  }

  void theLastOfManyValuesIsShown() {
    finishRun();
    for (int i = 1; i <= 100; ++i) setDetail(i / 100.0);
    QTRY_COMPARE_WITH_TIMEOUT(shownGrey(), 153, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(!blend_->busy(), kPatience);
    QCOMPARE(shownGrey(), 153);
  }

  void withOtherSettingsItIsForTheNextRun() {
    finishRun();
    auto request = document_->request();
    request.seed = 5;
    request.sampler_values["detail"] = 1.0;
    document_->changeSolver(request);
    QVERIFY(document_->isStale());
    QTest::qWait(2 * DetailBlend::kRestMs);
    QCOMPARE(shownGrey(), 51);
  }

  void aResultOfOneDecoderStays() {
    finishRun(/*with_ends=*/false);
    QVERIFY(!blend_->hasEnds());
    setDetail(1.0);
    QTest::qWait(2 * DetailBlend::kRestMs);
    QCOMPARE(shownGrey(), 51);
  }
};

QTEST_MAIN(DetailBlendTest)
#include "detail_blend_test.moc"
