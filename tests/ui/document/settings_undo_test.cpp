// SPDX-License-Identifier: GPL-3.0-or-later
// Undo and redo of the document's settings, without a widget.
#include <QSignalSpy>
#include <QUndoStack>
#include <QtTest>

#include "core/api/measure.h"
#include "ui/base/frame_image.h"
#include "ui/document/run_model.h"
#include "ui/document/settings_undo.h"

using namespace p2l;
using ui::RunModel;

class SettingsUndoTest : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<RunModel> model_;

  static std::shared_ptr<const ui::OpenedPhoto> photo() {
    auto opened = std::make_shared<ui::OpenedPhoto>();
    opened->label = QStringLiteral("a.png");
    auto read = std::make_shared<Photo>();
    read->image = Image(64, 48, 3, 0.5f);
    opened->shown = ui::qimageFromImage(read->image);
    opened->photo = std::move(read);
    return opened;
  }
  QUndoStack* stack() { return model_->undoStack(); }
  /// Another turn of the event loop, long enough that changes are told apart.
  static void wait() { QTest::qWait(ui::SettingsUndo::kMergeMs + 50); }
  void changeValue(const char* key, double value) {
    auto request = model_->request();
    request.solver_values[key] = value;
    model_->changeSolver(request);
  }
  double value(const char* key) {
    const auto values = model_->request().solver_values;
    const auto found = values.find(key);
    return found == values.end() ? -1.0 : std::get<double>(found->second);
  }

 private slots:
  void init() {
    model_ = std::make_unique<RunModel>();
    model_->setPhoto(photo());
    auto request = model_->request();
    request.solver = "p2l";
    request.solver_values = {{"K", 1.0}, {"rho", 0.5}};
    model_->changeSolver(request);
    QTest::qWait(20);
    QVERIFY(!stack()->canUndo());  // what opening a photo sets is no command
  }

  void changesOfOneValueAreOneCommandAndOthersAreOthers() {
    for (const double K : {2.0, 3.0, 4.0}) changeValue("K", K);
    QCoreApplication::processEvents();  // another turn, as soon as it can be
    changeValue("K", 5.0);
    QCOMPARE(stack()->count(), 1);
    QCOMPARE(stack()->undoText(), QStringLiteral("change K"));
    wait();
    changeValue("rho", 0.25);
    QCOMPARE(stack()->count(), 2);
    wait();
    changeValue("rho", 0.75);
    QCOMPARE(stack()->count(), 3);
    stack()->undo();
    QCOMPARE(value("rho"), 0.25);
    stack()->undo();
    stack()->undo();
    QCOMPARE(value("K"), 1.0);
    QVERIFY(!stack()->canUndo());
    stack()->redo();
    QCOMPARE(value("K"), 5.0);
    QCOMPARE(value("rho"), 0.5);
  }

  void aParameterIsCalledByItsLabel() {
    const auto catalogue = readCatalogue();
    model_->setCatalogue(&catalogue);
    changeValue("rho", 0.25);
    QCOMPARE(stack()->undoText(), QStringLiteral("change Data step"));
    wait();
    auto request = model_->request();
    request.sampler_values["end_on_data"] = 0.05;
    model_->changeSolver(request);
    QCOMPARE(stack()->undoText(), QStringLiteral("change End on the data"));
    wait();
    request.degradation().values["factor"] = 8.0;
    model_->changeTask(request, nullptr, 1.0);
    QCOMPARE(stack()->undoText(), QStringLiteral("change Factor"));
  }

  void aDragIsOneCommandWhateverItBringsAbout() {
    QWidget slider;
    QTest::mousePress(&slider, Qt::LeftButton);
    changeValue("K", 2.0);
    QTest::qWait(20);
    auto request = model_->request();
    request.degradation() = {"area-sr", {{"factor", 2.5}}, {}, {}, false};
    request.sampler_values["steps"] = 20.0;
    model_->changeTask(request, nullptr, 1.0);
    QTest::qWait(20);
    changeValue("K", 3.0);
    QTest::qWait(20);
    QTest::mouseRelease(&slider, Qt::LeftButton);
    QCOMPARE(stack()->count(), 1);
    stack()->undo();
    QCOMPARE(value("K"), 1.0);
    QCOMPARE(model_->request().degradation().id, std::string("sr"));
  }

  void aChangeOfSeveralValuesIsNotCalledAfterOneOfThem() {
    changeValue("K", 2.0);
    changeValue("rho", 0.25);
    QCOMPARE(stack()->count(), 1);
    QCOMPARE(stack()->undoText(), QStringLiteral("2 settings"));
    wait();
    auto request = model_->request();
    request.solver = "psld";
    request.solver_values = {{"eta", 0.4}};
    request.sampler_values["steps"] = 77.0;
    request.degradation().id = "jpeg";
    model_->changeSolver(request);
    QCOMPARE(stack()->undoText(), QStringLiteral("change task"));  // which brought the others
    wait();
    request.solver = "ldps";
    request.sampler_values["steps"] = 78.0;
    model_->changeSolver(request);
    QCOMPARE(stack()->undoText(), QStringLiteral("change solver"));
  }

  void aNameIsThatOfItsTurnAlone() {
    changeValue("K", 2.0);
    model_->nameChange(QStringLiteral("preset Good"));
    changeValue("rho", 0.25);
    QCOMPARE(stack()->count(), 1);
    QCOMPARE(stack()->undoText(), QStringLiteral("preset Good"));
    QTest::qWait(20);
    changeValue("rho", 0.75);  // soon after, and yet no part of the preset
    QCOMPARE(stack()->count(), 2);
    QCOMPARE(stack()->undoText(), QStringLiteral("change rho"));
    model_->nameChange(QStringLiteral("preset Best"));  // that changes nothing
    wait();
    changeValue("K", 3.0);
    QCOMPARE(stack()->undoText(), QStringLiteral("change K"));
    for (int i = 0; i < 3; ++i) stack()->undo();
    QCOMPARE(value("K"), 1.0);
    QCOMPARE(value("rho"), 0.5);
    QCOMPARE(stack()->redoText(), QStringLiteral("preset Good"));
  }

  void noValueGoesAcrossSolvers() {
    changeValue("K", 7.0);
    wait();
    auto request = model_->request();
    request.solver = "psld";
    request.solver_values = {{"eta", 0.4}};
    model_->changeSolver(request);
    wait();
    changeValue("eta", 0.9);
    wait();
    stack()->undo();
    QCOMPARE(value("eta"), 0.4);
    stack()->undo();
    QCOMPARE(model_->request().solver, std::string("p2l"));
    QCOMPARE(value("K"), 7.0);
    QCOMPARE(value("eta"), -1.0);
    stack()->undo();
    QCOMPARE(value("K"), 1.0);
    stack()->redo();
    stack()->redo();
    stack()->redo();
    QCOMPARE(model_->request().solver, std::string("psld"));
    QCOMPARE(value("eta"), 0.9);
    QCOMPARE(value("K"), -1.0);
  }

  void theNoiseThatCameWithAnotherPhotoDoesNotComeBack() {
    QObject panel;  // takes what is estimated, as the task's panel does
    double noise = 0.0;
    const auto takeNoise = [&] {
      auto request = model_->request();
      request.noise = noise;
      model_->changeTask(request, nullptr, 1.0);
    };
    connect(model_.get(), &RunModel::photoNoiseEstimated, &panel, takeNoise);
    const auto open = [&](double estimate) {
      noise = estimate;
      QSignalSpy estimated(model_.get(), &RunModel::photoNoiseEstimated);
      model_->setPhoto(photo());
      QVERIFY(estimated.count() > 0 || estimated.wait());
      QTest::qWait(20);
      QVERIFY(model_->request().noise == NoiseChoice(estimate));
    };
    open(0.02);
    changeValue("K", 2.0);
    wait();
    open(0.05);
    stack()->undo();
    QCOMPARE(value("K"), 1.0);
    QVERIFY(model_->request().noise == NoiseChoice(0.05));
    stack()->redo();
    QCOMPARE(value("K"), 2.0);
    QVERIFY(model_->request().noise == NoiseChoice(0.05));
    noise = 0.25;
    takeNoise();  // by a person
    wait();
    stack()->undo();
    QVERIFY(model_->request().noise == NoiseChoice(0.05));
    stack()->redo();
    QVERIFY(model_->request().noise == NoiseChoice(0.25));
  }

  void taskModeAndKernelComeBack() {
    auto request = model_->request();
    request.mode = Mode::Restore;
    model_->changeTask(request, nullptr, 1.0);
    wait();
    const auto kernel = std::make_shared<const Image>(3, 3, 1, 0.5f);
    request.degradation().id = "motion-blur";
    request.degradation().kernel = "drawn";
    model_->changeTask(request, kernel, 1.0);
    wait();
    stack()->undo();
    QCOMPARE(model_->request().degradation().id, std::string("sr"));
    QVERIFY(model_->pictures(request).kernel == nullptr);
    stack()->undo();
    QVERIFY(model_->request().mode == Mode::Demonstrate);
    stack()->redo();
    stack()->redo();
    QVERIFY(model_->pictures(request).kernel == kernel);
  }

  void aChangeOfSizeKeepsTheMaskThatItTakesAway() {
    auto* mask = model_->mask();
    mask->beginStroke({4, 4});
    mask->endStroke({30, 20});
    const auto painted = mask->image().copy();
    auto request = model_->request();
    request.size = 32;
    model_->changeSolver(request);
    QCOMPARE(mask->size(), QSize(32, 32));
    QVERIFY(mask->isEmpty());
    wait();
    stack()->undo();
    QCOMPARE(mask->image(), painted);
    stack()->undo();  // the stroke itself
    QVERIFY(mask->isEmpty());
    stack()->redo();
    QCOMPARE(mask->image(), painted);
    stack()->redo();
    QCOMPARE(mask->size(), QSize(32, 32));
  }

  void strokesAfterAChangeStayWhenItIsUndone() {
    changeValue("K", 2.0);
    wait();
    auto* mask = model_->mask();
    mask->beginStroke({4, 4});
    mask->endStroke({30, 20});
    const auto painted = mask->image().copy();
    changeValue("K", 3.0);
    wait();
    stack()->undo();
    QCOMPARE(value("K"), 2.0);
    QCOMPARE(mask->image(), painted);
  }
};

QTEST_MAIN(SettingsUndoTest)
#include "settings_undo_test.moc"
