// SPDX-License-Identifier: GPL-3.0-or-later
// Parts of the photo, without a widget: the crop with its mask, undo and recall, and runs of a part beside the
// document's own.
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QUndoStack>
#include <QtTest>

#include "ui/base/frame_image.h"
#include "ui/base/run_keeper.h"
#include "ui/base/side_runs.h"
#include "ui/document/run_model.h"
#include "ui/document/settings_undo.h"
#include "ui/jobs/part_run.h"

using namespace p2l;
using ui::PartRun;
using ui::RunModel;

class PartTest : public QObject {
  Q_OBJECT

 private:
  static constexpr int kPatience = 60000;
  static constexpr int kWidth = 200, kHeight = 150;

  std::unique_ptr<RunModel> model_;
  ui::RunJob job_, part_job_;

  QUndoStack* stack() { return model_->undoStack(); }
  ui::MaskEditor* mask() { return model_->mask(); }
  static void wait() { QTest::qWait(ui::SettingsUndo::kMergeMs + 50); }
  /// Red counts columns and green rows.
  static std::shared_ptr<const ui::OpenedPhoto> photo(int width = kWidth, int height = kHeight) {
    auto opened = std::make_shared<ui::OpenedPhoto>();
    auto read = std::make_shared<Photo>();
    read->image = Image(width, height, 3, 0.5f);
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        read->image.at(x, y, 0) = static_cast<float>(x) / 255.0f;
        read->image.at(x, y, 1) = static_cast<float>(y) / 255.0f;
      }
    }
    opened->label = QStringLiteral("a.png");
    opened->sha256 = std::to_string(width);
    opened->shown = ui::qimageFromImage(read->image);
    opened->photo = std::move(read);
    return opened;
  }
  void restoreOwn(const char* task = "denoise") {
    auto request = model_->request();
    request.mode = Mode::Restore;
    request.degradation().id = task;
    request.degradation().mask = std::string(task) == "inpaint" ? "painted" : "";
    model_->changeTask(request, nullptr, 1.0);
  }
  void stroke(QPointF from, QPointF to) {
    mask()->setTool(ui::MaskEditor::Tool::Rectangle);
    mask()->beginStroke(from);
    mask()->endStroke(to);
  }
  bool missing(int x, int y) { return mask()->image().pixelColor(x, y).value() > 127; }
  ui::ResultPtr runWhole() {
    model_->run();
    RunStart begun;
    begun.run_id = job_.run_id;
    begun.steps = 2;
    model_->runStarted(begun);
    Outcome outcome;
    outcome.status = Outcome::Status::Completed;
    outcome.report.request = job_.request;
    const auto size = model_->workingSize();
    outcome.picture = Image(size.width(), size.height(), 3, 0.75f);
    model_->runFinished(job_.run_id, ui::resultFromOutcome(std::move(outcome), job_.pictures));
    return model_->result();
  }
  /// The worker's answer: the part's photo, with blue set, `scale` times as large.
  void finishPart(int scale = 1, Outcome::Status status = Outcome::Status::Completed) {
    Outcome outcome;
    outcome.status = status;
    if (status != Outcome::Status::Completed) outcome.message = "The estimates grew without bounds.";
    outcome.report.request = part_job_.request;
    outcome.report.seconds = 1.5;
    const auto& given = *part_job_.pictures.photo;
    outcome.picture = resizeImage(given, given.width * scale, given.height * scale);
    for (std::size_t i = 2; i < outcome.picture.pixels.size(); i += 3) outcome.picture.pixels[i] = 1.0f;
    model_->sideRuns()->runFinished(part_job_.run_id, ui::resultFromOutcome(std::move(outcome), part_job_.pictures));
  }

 private slots:
  void init() {
    model_ = std::make_unique<RunModel>();
    job_ = part_job_ = {};
    connect(model_.get(), &RunModel::runRequested, this, [this](const ui::RunJob& job) { job_ = job; });
    connect(model_->sideRuns(), &ui::SideRuns::runRequested, this, [this](const ui::RunJob& job) { part_job_ = job; });
    model_->setPhoto(photo());
    restoreOwn();
    QTest::qWait(20);
    stack()->clear();
  }

  void nothingGoesOnAtTheEndOfTheProgram() {
    auto* runs = model_->sideRuns();
    QSignalSpy begun(runs, &ui::SideRuns::runRequested);
    int heard = 0;
    for (int i = 0; i < 2; ++i) runs->add({}, {}, [&heard](const ui::ResultPtr&, const QString&) { ++heard; });
    QCOMPARE(begun.count(), 1);
    runs->stopAll();
    QVERIFY(part_job_.control->stopRequested());
    runs->runFailed(part_job_.run_id, QStringLiteral("stopped"));
    QCOMPARE(begun.count(), 1);
    QCOMPARE(heard, 0);
    QVERIFY(!runs->busy());
  }

  void aCropIsWhatIsWorkedOn() {
    QCOMPARE(model_->cropRect(), QRect(0, 0, kWidth, kHeight));
    model_->setCrop({40, 30, 100, 80});
    QVERIFY(model_->isCropped());
    QCOMPARE(model_->request().crop, std::string("100x80+40+30"));
    QCOMPARE(model_->workingSize(), QSize(100, 80));
    QCOMPARE(mask()->size(), QSize(100, 80));
    QCOMPARE(model_->originalPicture().size(), QSize(100, 80));
    QCOMPARE(model_->originalPicture().pixelColor(0, 0).red(), 40);
    QCOMPARE(model_->originalPicture().pixelColor(0, 0).green(), 30);
    model_->run();
    QCOMPARE(job_.request.crop, std::string("100x80+40+30"));
    QCOMPARE(job_.pictures.photo->width, kWidth);  // the run cuts it
    model_->stop();
  }

  void onlyPartsOfThePhotoAreTaken() {
    model_->setCrop({150, 100, 100, 100});
    QCOMPARE(model_->cropRect(), QRect(150, 100, 50, 50));
    model_->setCrop({10, 10, kSmallestSize - 1, 50});
    QCOMPARE(model_->cropRect(), QRect(150, 100, 50, 50));
    model_->setCrop({0, 0, kWidth, kHeight});
    QVERIFY(!model_->isCropped());
    model_->setCrop({10, 10, 50, 50});
    model_->setCrop({});
    QVERIFY(!model_->isCropped());
  }

  void theMaskGoesAlongAndUndoBringsAllOfItBack() {
    restoreOwn("inpaint");
    wait();
    stack()->clear();
    stroke({50, 40}, {60, 45});
    stroke({5, 5}, {8, 8});  // outside of the crop
    const auto painted = mask()->image().copy();
    model_->setCrop({40, 30, 100, 80});
    QVERIFY(missing(12, 12) && missing(19, 14) && !missing(8, 12) && !missing(12, 18));
    const auto cropped = mask()->image().copy();
    wait();
    model_->setCrop({45, 35, 100, 80});  // another one of that size
    QVERIFY(missing(7, 7) && !missing(16, 12));
    wait();
    stroke({90, 70}, {95, 75});
    QCOMPARE(stack()->count(), 5);
    stack()->undo();
    QVERIFY(!missing(92, 72));
    stack()->undo();
    QCOMPARE(stack()->redoText(), QStringLiteral("change crop"));
    QCOMPARE(model_->request().crop, std::string("100x80+40+30"));
    QCOMPARE(mask()->image(), cropped);
    stack()->undo();
    QVERIFY(!model_->isCropped());
    QCOMPARE(mask()->image(), painted);
    stack()->undo();
    QVERIFY(!missing(6, 6) && missing(55, 42));
    for (int i = 0; i < 4; ++i) stack()->redo();
    QCOMPARE(model_->request().crop, std::string("100x80+45+35"));
    QVERIFY(missing(7, 7) && missing(92, 72));
  }

  void theMaskOfAWorkingSizeIsScaledAlong() {
    model_ = std::make_unique<RunModel>();
    model_->setPhoto(photo(400, 300));  // the centre square of 300, at 256
    QCOMPARE(model_->workingSize(), QSize(256, 256));
    stroke({0, 0}, {255, 255});
    model_->setCrop({0, 0, 200, 300});  // small enough to be taken as it is
    QCOMPARE(model_->workingSize(), QSize(200, 300));
    QVERIFY(!missing(49, 150) && missing(50, 150));  // where the former square began
    model_->setCrop({0, 0, 300, 300});
    QCOMPARE(model_->workingSize(), QSize(256, 256));
    QVERIFY(!missing(40, 128) && missing(45, 128));
  }

  void aMaskOfTheWholePhotoIsCutWhenItIsRead() {
    restoreOwn("inpaint");
    model_->setCrop({40, 30, 100, 80});
    QImage whole(kWidth, kHeight, QImage::Format_Grayscale8);
    whole.fill(0);
    whole.setPixelColor(47, 33, Qt::white);
    QString error;
    QVERIFY2(mask()->load(whole, &error), qPrintable(error));
    QVERIFY(missing(7, 3));
    QCOMPARE(mask()->missingFraction(), 1.0 / (100 * 80));
  }

  void aResultOfAnotherPartIsNotShown() {
    const auto whole = runWhole();
    QVERIFY(model_->showsResult());
    model_->setCrop({40, 30, 100, 80});
    QVERIFY(!model_->showsResult() && model_->isStale());
    QCOMPARE(model_->result(), whole);  // and not lost
    wait();
    stack()->undo();
    QVERIFY(model_->showsResult() && !model_->isStale());
    stack()->redo();
    const auto part = runWhole();
    QVERIFY(model_->showsResult());
    QCOMPARE(part->picture.size(), QSize(100, 80));
    QCOMPARE(model_->pastRuns().all().back().name, QStringLiteral("crop none → 100x80+40+30"));
    model_->bringBack(0);
    QVERIFY(!model_->isCropped() && model_->showsResult());
    model_->bringBack(1);
    QCOMPARE(model_->cropRect(), QRect(40, 30, 100, 80));
    QVERIFY(model_->showsResult());
  }

  void anotherPhotoIsWhole() {
    model_->setCrop({40, 30, 100, 80});
    wait();
    QVERIFY(stack()->canUndo());
    model_->setPhoto(photo(100, 80));  // as large as the crop was
    QVERIFY(!model_->isCropped());
    QVERIFY(!stack()->canUndo());
    auto request = model_->request();
    request.crop = "90x70+40+30";
    const auto lost = model_->recall(request);
    QCOMPARE(lost.size(), 1);
    QVERIFY2(lost.first().contains(QStringLiteral("90x70+40+30")), qPrintable(lost.first()));
    QVERIFY(!model_->isCropped());
    QCOMPARE(model_->workingSize(), QSize(100, 80));
  }

  void theHistoryOnTheDiskHasTheCrop() {
    QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("a.png"));
    writePhoto(photo()->photo->image, path.toStdString(), "");
    const auto open = [&] {
      model_ = std::make_unique<RunModel>();
      connect(model_.get(), &RunModel::runRequested, this, [this](const ui::RunJob& job) { job_ = job; });
      QSignalSpy loaded(model_.get(), &RunModel::photoChanged);
      model_->openHistory(folder.filePath(QStringLiteral("history")), quint64{1} << 30);
    };
    open();
    model_->setPhoto(ui::openPhotoFile(path));
    restoreOwn();
    model_->setCrop({40, 30, 100, 80});
    QSignalSpy kept(model_.get(), &RunModel::runKept);
    runWhole();
    QVERIFY(kept.wait(kPatience));
    open();
    QTRY_COMPARE_WITH_TIMEOUT(model_->pastRuns().all().size(), std::size_t(1), kPatience);
    QSignalSpy back(model_.get(), &RunModel::broughtBack);
    model_->bringBack(0);
    QVERIFY(back.wait(kPatience));
    QCOMPARE(model_->cropRect(), QRect(40, 30, 100, 80));
    QCOMPARE(model_->result()->picture.size(), QSize(100, 80));
  }

  void aPartIsRunWithItsSurroundingsAndShownWithoutThem() {
    model_->setCrop({10, 20, 180, 120});
    PartRun run(model_.get());
    QSignalSpy changed(&run, &PartRun::changed);
    QCOMPARE(run.start({50, 10, 60, 40}), QString());
    QTRY_VERIFY_WITH_TIMEOUT(part_job_.run_id != 0, kPatience);
    QCOMPARE(part_job_.request.crop, std::string());
    QCOMPARE(part_job_.request.size, 0);
    // 32 around it, but above it only 10 of the crop: photo's columns from 10 + 50 - 32, rows from 20.
    const auto& given = *part_job_.pictures.photo;
    QCOMPARE(QSize(given.width, given.height), QSize(60 + 64, 10 + 40 + 32));
    QCOMPARE(qRound(given.at(0, 0, 0) * 255), 28);
    QCOMPARE(qRound(given.at(0, 0, 1) * 255), 20);
    finishPart();
    QVERIFY(!run.isRunning());
    QCOMPARE(run.shown(), QRectF(32, 10, 60, 40));
    const auto shown = run.picture().copy(run.shown().toRect());
    QCOMPARE(shown.pixelColor(0, 0), QColor(10 + 50, 20 + 10, 255));
    QVERIFY(model_->result() == nullptr);  // never the document's by itself
    QVERIFY(changed.count() >= 2);
  }

  void aPartsResultIsInTheHistoryAsARunOfItsCrop() {
    restoreOwn("inpaint");
    stroke({60, 45}, {70, 55});
    const auto painted = mask()->image().copy();
    PartRun run(model_.get());
    run.start({50, 40, 60, 40});
    QTRY_VERIFY_WITH_TIMEOUT(part_job_.run_id != 0, kPatience);
    const auto given = part_job_.pictures.mask;
    finishPart();
    QTRY_VERIFY_WITH_TIMEOUT(run.result() != nullptr, kPatience);
    QCOMPARE(model_->pastRuns().all().size(), std::size_t(1));
    const auto past = model_->pastRuns().all().front();
    QCOMPARE(past.kind, ui::PastRun::Kind::Part);
    QCOMPARE(past.request.crop, std::string("124x104+18+8"));
    QCOMPARE(past.photo, model_->openedPhoto());
    QCOMPARE(past.result->outcome.report.request.crop, past.request.crop);  // so saved files say it
    wait();
    stack()->clear();
    run.takeOver();
    QVERIFY(run.part().isEmpty());  // it is the result now
    QCOMPARE(model_->cropRect(), QRect(18, 8, 124, 104));
    QVERIFY(model_->showsResult());
    QCOMPARE(model_->result(), past.result);
    QCOMPARE(model_->result()->picture.size(), QSize(124, 104));
    QCOMPARE(mask()->image(), given);
    model_->setCrop({});
    QCOMPARE(mask()->image().size(), painted.size());
  }

  // No crop of a photo that was resized has the part's pixels: they are a photo of their own.
  void aPartOfAResizedPhotoIsAPhotoOfItsOwn() {
    model_ = std::make_unique<RunModel>();
    connect(model_->sideRuns(), &ui::SideRuns::runRequested, this, [this](const ui::RunJob& job) { part_job_ = job; });
    model_->setPhoto(photo(400, 300));  // the centre square of 300, at 256
    QCOMPARE(model_->workingSize(), QSize(256, 256));
    PartRun run(model_.get());
    run.start({100, 80, 60, 40});
    QTRY_VERIFY_WITH_TIMEOUT(part_job_.run_id != 0, kPatience);
    finishPart();
    QTRY_VERIFY_WITH_TIMEOUT(run.result() != nullptr, kPatience);
    const auto past = model_->pastRuns().all().front();
    QVERIFY(past.request.crop.empty());
    QCOMPARE(past.request.size, 0);
    QCOMPARE(past.photo_label, QStringLiteral("Part of a.png"));
    QCOMPARE(past.photo->photo->image.pixels, part_job_.pictures.photo->pixels);
    QVERIFY(past.photo_sha256 != photo(400, 300)->sha256);
    run.takeOver();
    QCOMPARE(model_->photo()->label, QStringLiteral("Part of a.png"));
    QVERIFY(model_->showsResult());
  }

  void aPartsRunIsMarkedOnTheDisk() {
    QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("a.png"));
    writePhoto(photo()->photo->image, path.toStdString(), "");
    const auto open = [&] {
      model_ = std::make_unique<RunModel>();
      connect(model_->sideRuns(), &ui::SideRuns::runRequested, this,
              [this](const ui::RunJob& job) { part_job_ = job; });
      model_->openHistory(folder.filePath(QStringLiteral("history")), quint64{1} << 30);
    };
    open();
    model_->setPhoto(ui::openPhotoFile(path));
    restoreOwn();
    QSignalSpy kept(model_.get(), &RunModel::runKept);
    auto* run = new PartRun(model_.get());  // goes with the model
    run->start({50, 40, 60, 40});
    QTRY_VERIFY_WITH_TIMEOUT(part_job_.run_id != 0, kPatience);
    finishPart();
    QVERIFY(kept.count() > 0 || kept.wait(kPatience));
    open();
    QTRY_COMPARE_WITH_TIMEOUT(model_->pastRuns().all().size(), std::size_t(1), kPatience);
    QCOMPARE(model_->pastRuns().all().front().kind, ui::PastRun::Kind::Part);
    QSignalSpy back(model_.get(), &RunModel::broughtBack);
    model_->bringBack(0);
    QVERIFY(back.wait(kPatience));
    QCOMPARE(model_->cropRect(), QRect(18, 8, 124, 104));
  }

  void aPartOfAnEnlargedPhotoIsAsLargeAsItsPlace() {
    auto request = model_->request();
    request.degradation().id = "sr";
    model_->changeTask(request, nullptr, 4.0);
    PartRun run(model_.get());
    run.start({100, 80, 50, 40});
    QTRY_VERIFY_WITH_TIMEOUT(part_job_.run_id != 0, kPatience);
    finishPart(4);
    QCOMPARE(run.shown(), QRectF(128, 128, 200, 160));
  }

  void theMaskOfThePartGoesWithIt() {
    restoreOwn("inpaint");
    stroke({105, 85}, {110, 90});
    PartRun run(model_.get());
    QVERIFY(run.start({0, 0, 40, 40}).contains(QStringLiteral("hides no pixel of this part")));
    QVERIFY(run.part().isEmpty());
    run.start({100, 80, 50, 40});
    QTRY_VERIFY_WITH_TIMEOUT(part_job_.run_id != 0, kPatience);
    const auto given = part_job_.pictures.mask;
    QCOMPARE(given.size(), QSize(114, 102));  // 32 before, 32 after, where the photo has them
    QVERIFY(given.pixelColor(32 + 6, 32 + 6).value() == 255 && given.pixelColor(32 + 12, 32 + 6).value() == 0);
  }

  void whatTheRunCannotBeginWithIsASentence() {
    PartRun run(model_.get());
    model_->setQuestion(QStringLiteral("no kernel"), false);
    QCOMPARE(run.start({0, 0, 50, 50}), QStringLiteral("no kernel"));
    model_->setQuestion({}, false);
    QVERIFY(!run.start({500, 500, 50, 50}).isEmpty());
    model_->run();
    QVERIFY(!run.start({0, 0, 50, 50}).isEmpty());
    QCOMPARE(part_job_.run_id, quint64(0));
  }

  void newSettingsMakeItFormerAndTheWholeRunEndsIt() {
    PartRun run(model_.get());
    run.start({20, 20, 60, 60});
    QTRY_VERIFY_WITH_TIMEOUT(part_job_.run_id != 0, kPatience);
    const auto first = part_job_;
    finishPart();
    auto request = model_->request();
    request.solver_values["K"] = 7.0;
    model_->changeSolver(request);
    QVERIFY(run.isStale());
    QCOMPARE(run.again(), QString());
    QTRY_VERIFY_WITH_TIMEOUT(part_job_.run_id != first.run_id, kPatience);
    QVERIFY(!run.isStale() && run.isRunning());
    QVERIFY(part_job_.request.solver_values != first.request.solver_values);
    model_->run();
    QVERIFY(!run.isRunning() && run.part().isEmpty());
    QVERIFY(part_job_.control->stopRequested());
    finishPart();  // too late
    QVERIFY(run.picture().isNull());
  }

  void aPartThatDivergedIsShownAndSaid() {
    PartRun run(model_.get());
    QSignalSpy failed(&run, &PartRun::failed);
    run.start({20, 20, 60, 60});
    QTRY_VERIFY_WITH_TIMEOUT(part_job_.run_id != 0, kPatience);
    finishPart(1, Outcome::Status::Diverged);
    QVERIFY(!run.picture().isNull());
    QCOMPARE(failed.count(), 1);
    QCOMPARE(failed.last().first().toString(), QStringLiteral("The estimates grew without bounds."));
  }

  void aFailureIsSaidAndAnotherCropEndsIt() {
    PartRun run(model_.get());
    QSignalSpy failed(&run, &PartRun::failed);
    run.start({20, 20, 60, 60});
    QTRY_VERIFY_WITH_TIMEOUT(part_job_.run_id != 0, kPatience);
    model_->sideRuns()->runFailed(part_job_.run_id, QStringLiteral("Too little memory."));
    QCOMPARE(failed.count(), 1);
    QCOMPARE(failed.last().first().toString(), QStringLiteral("Too little memory."));
    QVERIFY(run.part().isEmpty());
    const auto former = part_job_.run_id;
    run.start({20, 20, 60, 60});
    QTRY_VERIFY_WITH_TIMEOUT(part_job_.run_id != former, kPatience);
    finishPart();
    QVERIFY(!run.picture().isNull());
    model_->setCrop({10, 10, 100, 100});
    QVERIFY(run.part().isEmpty() && run.picture().isNull());
  }
};

QTEST_MAIN(PartTest)
#include "part_test.moc"
