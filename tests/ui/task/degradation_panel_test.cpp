// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/task/degradation_panel.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QImage>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>
#include <QUndoStack>
#include <QtTest>
#include <cmath>
#include <optional>
#include <random>

#include "core/api/session.h"
#include "core/io/resources.h"
#include "ui/base/photo_opener.h"
#include "ui/document/mask_editor.h"
#include "ui/document/run_model.h"
#include "ui/settings/param_panel.h"
#include "ui/task/task_tiles.h"
#include "ui/task/then_box.h"
#include "ui/tools/mask_tool_bar.h"
#include "ui/widgets/seed_box.h"

using namespace p2l;
using ui::DegradationPanel;

class DegradationPanelTest : public QObject {
  Q_OBJECT

 private:
  static constexpr int kSide = 32;
  Catalogue catalogue_ = Session().catalogue();
  QTemporaryDir folder_;
  std::unique_ptr<QUndoStack> undo_;
  std::unique_ptr<ui::MaskEditor> mask_;
  std::unique_ptr<DegradationPanel> panel_;

  struct Written {
    RestoreRequest request;
    ui::JobPictures pictures;
  };
  Written written() const {
    Written result;
    panel_->writeTo(result.request, result.pictures);
    return result;
  }
  void paint() {
    mask_->beginStroke({4, 4});
    mask_->endStroke({20, 4});
  }
  QString picture(const char* name, int width, int height, int grey) const {
    QImage image(width, height, QImage::Format_Grayscale8);
    image.fill(grey);
    const auto path = folder_.filePath(QString::fromLatin1(name));
    return image.save(path) ? path : QString();
  }

 private slots:
  void init() {
    undo_ = std::make_unique<QUndoStack>();
    mask_ = std::make_unique<ui::MaskEditor>(undo_.get());
    mask_->setSize({kSide, kSide});
    panel_ = std::make_unique<DegradationPanel>(catalogue_, mask_.get(), undo_.get());
    panel_->show();
  }
  void cleanup() {
    panel_.reset();
    mask_.reset();
    undo_.reset();
  }

  void everyDegradationMakesARequestThatIsTaken_data() {
    QTest::addColumn<QString>("id");
    QTest::addColumn<bool>("restore");
    for (const auto& each : catalogue_.degradations) {
      for (const bool restore : {false, true}) {
        QTest::newRow((each.id + (restore ? " restore" : " demonstrate")).c_str())
            << QString::fromStdString(each.id) << restore;
      }
    }
  }
  void everyDegradationMakesARequestThatIsTaken() {
    QFETCH(QString, id);
    QFETCH(bool, restore);
    QSignalSpy changed(panel_.get(), &DegradationPanel::changed),
        task(panel_.get(), &DegradationPanel::degradationChanged);
    const bool same = panel_->degradation() == id.toStdString();
    panel_->setDegradation(id.toStdString());
    QCOMPARE(task.count(), same ? 0 : 1);
    QCOMPARE(changed.count(), same ? 0 : 1);
    panel_->setMode(restore ? Mode::Restore : Mode::Demonstrate);
    auto wanted = written().request;
    wanted.solver = "ldps";                            // which takes every task
    const auto request = catalogue_.complete(wanted);  // throws when something does not fit
    QCOMPARE(request.degradation().id, id.toStdString());
    QCOMPARE(request.mode, restore ? Mode::Restore : Mode::Demonstrate);
    const auto& info = catalogue_.degradation(id.toStdString());
    for (const auto& spec : info.parameters) QVERIFY2(panel_->params()->editorOf(spec.key), spec.key.c_str());
    QCOMPARE(panel_->findChild<ui::MaskToolBar*>()->isVisible(), info.takes_mask && restore);
  }

  void aSecondDegradationGoesWithTheRequest() {
    auto* then = panel_->findChild<ui::ThenBox*>();
    QCOMPARE(written().request.degradations.size(), 1u);
    QVERIFY(!then->params()->isVisible());
    RestoreRequest request = written().request;
    request.degradation().id = "gaussian-blur";
    request.degradation().values = {{"sigma", 1.5}};
    request.degradations.push_back({"sr", {{"factor", 2.0}}, {}, {}, false});
    QSignalSpy changed(panel_.get(), &DegradationPanel::changed),
        task(panel_.get(), &DegradationPanel::degradationChanged);
    panel_->readFrom(request);
    QVERIFY(changed.count() > 0);
    QCOMPARE(task.count(), 2);
    QVERIFY(then->params()->isVisible());
    QCOMPARE(panel_->secondDegradation(), std::string("sr"));
    QCOMPARE(panel_->outputScale(), 1.0);
    panel_->setMode(Mode::Restore);
    QCOMPARE(panel_->outputScale(), 2.0);  // the blur keeps the size
    const auto completed = catalogue_.complete(written().request);
    QCOMPARE(completed.degradations.at(1).id, std::string("sr"));
    QCOMPARE(numberOf(completed.degradations.at(1).values, "factor"), 2.0);
    QCOMPARE(numberOf(completed.degradation().values, "sigma"), 1.5);
    panel_->readFrom(RestoreRequest());
    QCOMPARE(written().request.degradations.size(), 1u);
  }

  void anotherNoiseGoesWithTheRequest() {
    auto request = written().request;
    request.noise = NoiseChoice();
    request.noise.id = "poisson";
    request.noise.values = {{"peak", 30.0}};
    panel_->readFrom(request);
    QVERIFY(written().request.noise == request.noise);
    QComboBox* kind = nullptr;
    for (auto* each : panel_->findChildren<QComboBox*>()) {
      if (each->accessibleName() == QLatin1String("Noise model")) kind = each;
    }
    QVERIFY(kind != nullptr);
    QCOMPARE(kind->currentData().toString(), QStringLiteral("poisson"));
    kind->setCurrentIndex(kind->findData(QStringLiteral("none")));
    QCOMPARE(written().request.noise.id, std::string("none"));
    QVERIFY(catalogue_.complete(written().request).noise.values.empty());
  }

  void thePaintedMaskGoesWithTheRequest() {
    panel_->setDegradation("inpaint");
    QVERIFY(written().request.degradation().mask.empty());
    QVERIFY(written().pictures.mask.isNull());
    QSignalSpy painting(panel_.get(), &DegradationPanel::maskPaintingChanged);
    panel_->setMaskSource(DegradationPanel::MaskSource::Painted);
    QVERIFY(panel_->isPainting());
    QVERIFY(painting.last().first().toBool());
    QSignalSpy changed(panel_.get(), &DegradationPanel::changed);
    paint();
    QCOMPARE(changed.count(), 1);  // at the end of the stroke, not on the way
    QCOMPARE(written().pictures.mask.size(), QSize(kSide, kSide));
    QVERIFY(!written().request.degradation().mask.empty());
    panel_->paintButton()->setChecked(false);
    QVERIFY(!panel_->isPainting());
    QVERIFY(!written().pictures.mask.isNull());  // the mask stays
    panel_->setDegradation("sr");
    QVERIFY(written().pictures.mask.isNull());
  }

  void aMaskFromAFile() {
    panel_->setDegradation("inpaint");
    const auto path = picture("mask.png", kSide, kSide, 255);
    panel_->loadMask(path);
    QVERIFY(panel_->isLoading());
    QCOMPARE(panel_->maskSource(), DegradationPanel::MaskSource::Random);  // until it is read
    QTRY_COMPARE(panel_->maskSource(), DegradationPanel::MaskSource::File);
    QVERIFY(!panel_->isLoading());
    QCOMPARE(mask_->missingFraction(), 1.0);
    QCOMPARE(written().request.degradation().mask, path.toStdString());
    paint();
    mask_->invert();
    QCOMPARE(panel_->maskSource(), DegradationPanel::MaskSource::Painted);  // no longer what the file holds
    QVERIFY(written().request.degradation().mask != path.toStdString());
  }

  void aBadMaskOrKernelIsASentence_data() {
    QTest::addColumn<QString>("path");
    QTest::newRow("missing") << folder_.filePath(QStringLiteral("nowhere.png"));
    QTest::newRow("another size") << picture("small.png", 7, 9, 255);
    QFile file(folder_.filePath(QStringLiteral("text.png")));
    if (file.open(QIODevice::WriteOnly)) file.write("hello");
    QTest::newRow("no picture") << file.fileName();
  }
  void aBadMaskOrKernelIsASentence() {
    QFETCH(QString, path);
    panel_->setDegradation("inpaint");
    QSignalSpy failed(panel_.get(), &DegradationPanel::failed);
    panel_->loadMask(path);
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(!failed.first().first().toString().isEmpty());
    QCOMPARE(panel_->maskSource(), DegradationPanel::MaskSource::Random);
    if (path.contains(QStringLiteral("small"))) return;  // a kernel may have that size
    panel_->loadKernel(path);
    QTRY_COMPARE(failed.count(), 2);
    QVERIFY(written().pictures.kernel == nullptr);
  }

  void aKernelFromAFileReplacesTheSettings() {
    panel_->setDegradation("motion-blur");
    const auto path = picture("kernel.png", 5, 7, 200);
    panel_->loadKernel(path);
    QTRY_COMPARE(written().request.degradation().kernel, path.toStdString());
    QCOMPARE(written().pictures.kernel->width, 5);
    QVERIFY(!panel_->params()->isEnabled());
    panel_->setDegradation("sr");
    QVERIFY(written().pictures.kernel == nullptr);
    QVERIFY(panel_->params()->isEnabled());
  }

  void everyBlurTakesAKernelFromAFile() {
    const auto path = picture("kernel.png", 5, 7, 200);
    QPushButton* load = nullptr;
    for (auto* button : panel_->findChildren<QPushButton*>()) {
      if (button->accessibleName() == QStringLiteral("Kernel from a file")) load = button;
    }
    QVERIFY(load != nullptr);
    for (const auto& each : catalogue_.degradations) {
      panel_->setDegradation(each.id);
      QCOMPARE(load->isVisible(), each.blurs);
      if (!each.blurs) continue;
      panel_->loadKernel(path);
      QTRY_COMPARE(written().request.degradation().kernel, path.toStdString());
      QVERIFY(catalogue_.degradation(panel_->degradation()).takes_kernel);
      QCOMPARE(written().pictures.kernel->height, 7);
    }
    // A file that is no kernel leaves the blur as it is.
    panel_->setDegradation("gaussian-blur");
    QSignalSpy failed(panel_.get(), &DegradationPanel::failed);
    panel_->loadKernel(folder_.filePath(QStringLiteral("none.png")));
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(panel_->degradation(), std::string("gaussian-blur"));
  }

  void aMeasuredPhotoLeavesNothingToChance() {
    const auto* question = panel_->findChild<QLabel*>(QStringLiteral("openQuestion"));
    const auto asks = [&](const char* words) {
      QVERIFY2(panel_->openQuestion().contains(QLatin1String(words)), qPrintable(panel_->openQuestion()));
      QCOMPARE(question->text(), panel_->openQuestion());
      QVERIFY(question->isVisible());
    };
    const auto asksNothing = [&] {
      QVERIFY2(panel_->openQuestion().isEmpty(), qPrintable(panel_->openQuestion()));
      QVERIFY(!question->isVisible());
    };
    auto* source = panel_->findChild<QComboBox*>(QStringLiteral("maskSource"));
    auto* seed = panel_->findChild<ui::SeedBox*>();
    for (const auto& each : catalogue_.degradations) {  // of a good photo the seed draws
      panel_->setDegradation(each.id);
      asksNothing();
    }
    panel_->setMode(Mode::Restore);
    for (const char* id : {"inpaint", "random-drop"}) {
      panel_->setDegradation(id);
      asks("hides no pixel yet");
      paint();
      asksNothing();
      mask_->clear();
      asks("hides no pixel yet");
      source->setCurrentIndex(0);
      emit source->activated(0);  // as a person does
      asksNothing();
    }
    panel_->setDegradation("motion-blur");
    asks("open its kernel");
    panel_->loadKernel(QStringLiteral(P2L_TEST_FIELD "/k_hook.png"));
    QTRY_VERIFY(panel_->openQuestion().isEmpty());
    auto* by_settings = panel_->findChild<QPushButton*>(QStringLiteral("kernelBySettings"));
    panel_->setDegradation("sr");
    asksNothing();
    panel_->setDegradation("motion-blur");
    asksNothing();  // the kernel is still there
    by_settings->click();
    asksNothing();
    panel_->setDegradation("box-inpaint");
    asksNothing();
    panel_->params()->changeValues({{"place", std::string("random")}}, QStringLiteral("place"));
    asks("The place of the box would be drawn at random");
    seed->draw();
    asksNothing();
    auto request = written().request;
    QCOMPARE(request.measurement_seed.value(), seed->value());
    QVERIFY(panel_->readFrom(request).isEmpty());  // stored with its seed, it comes back with it
    asksNothing();
    request.measurement_seed.reset();
    panel_->readFrom(request);
    asks("The place of the box");
    panel_->setMode(Mode::Demonstrate);
    asksNothing();
  }

  void aMaskIsReadAsItIsMeant() {
    panel_->setDegradation("inpaint");
    mask_->setSize({64, 48});
    QSignalSpy failed(panel_.get(), &DegradationPanel::failed), remarked(panel_.get(), &DegradationPanel::remarked);
    const auto read = [&](const QString& path) {
      panel_->loadMask(path);
      [&] { QTRY_COMPARE(written().request.degradation().mask, path.toStdString()); }();
      return mask_->image();
    };
    const auto plain = read(QStringLiteral(P2L_TEST_FIELD "/m_grey.png"));
    QCOMPARE(remarked.count(), 0);
    for (const char* name : {"m_hole_is_transparent.png", "m_01.png", "photo_hole_alpha.png"}) {
      remarked.clear();
      QCOMPARE(read(QStringLiteral(P2L_TEST_FIELD "/") + QLatin1String(name)), plain);
      QCOMPARE(remarked.count(), 1);
    }
    QCOMPARE(failed.count(), 0);
    const auto path = written().request.degradation().mask;
    panel_->loadMask(picture("black.png", 64, 48, 0));
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(failed.first().first().toString().contains(QStringLiteral("hides no pixel")));
    QCOMPARE(written().request.degradation().mask, path);  // the former one stays
    QCOMPARE(mask_->image(), plain);
  }

  void aKernelOfAnEarlierVersionStaysTurned() {
    const auto path = picture("kernel.png", 5, 7, 200);
    RestoreRequest request;
    request.degradation().id = "motion-blur";
    request.degradation().kernel = path.toStdString();
    request.degradation().kernel_turned = true;
    request = catalogue_.complete(request);
    QVERIFY(panel_->readFrom(request).isEmpty());
    QTRY_COMPARE(written().request.degradation().kernel, request.degradation().kernel);
    QVERIFY(written().request.degradation().kernel_turned);
    QVERIFY(panel_->readFrom(request, {.kernel = std::make_shared<const Image>(3, 3, 1, 1.0f)}).isEmpty());
    QVERIFY(written().request.degradation().kernel_turned);
    panel_->loadKernel(path);  // opened today
    QTRY_VERIFY(!written().request.degradation().kernel_turned);
  }

  void theResultOfAMeasurementIsLarger() {
    panel_->setDegradation("sr");
    QCOMPARE(panel_->outputScale(), 1.0);
    panel_->setMode(Mode::Restore);
    QCOMPARE(panel_->outputScale(), 4.0);
    panel_->setDegradation("inpaint");
    QCOMPARE(panel_->outputScale(), 1.0);
  }

  void aRunLetsGoOfTheBrushUntilItIsWantedAgain() {
    ui::RunModel model;
    panel_ = std::make_unique<DegradationPanel>(catalogue_, model.mask(), nullptr);
    panel_->follow(&model);
    panel_->setMode(Mode::Restore);
    auto opened = std::make_shared<ui::OpenedPhoto>();
    opened->label = QStringLiteral("a.png");
    opened->shown = QImage(kSide, kSide, QImage::Format_RGB888);
    opened->photo = std::make_shared<Photo>(Photo{Image(kSide, kSide, 3, 0.5f)});
    model.setPhoto(opened);
    auto* inpaint = panel_->findChild<ui::TaskTiles*>()->tileOf("inpaint");
    const auto endRun = [&] {
      emit model.runningChanged(true);
      emit model.runningChanged(false);
    };
    panel_->setDegradation("sr");
    endRun();
    inpaint->click();  // another task
    QVERIFY(panel_->isPainting() && model.isPainting());
    endRun();
    QVERIFY(!panel_->isPainting() && !model.isPainting());  // the mouse compares
    inpaint->click();                                       // the same task
    QVERIFY(panel_->isPainting() && model.isPainting());
    endRun();
    model.setPhoto(opened);
    QVERIFY(panel_->isPainting() && model.isPainting());
    for (const auto* tool : {"Brush", "Eraser", "Rectangle", "Lasso", "Lasso"}) {
      endRun();
      QVERIFY(!panel_->isPainting());
      for (auto* button : panel_->maskTools()->findChildren<QAbstractButton*>()) {
        if (button->accessibleName() == QLatin1String(tool)) button->click();
      }
      QVERIFY2(panel_->isPainting() && model.isPainting(), tool);
    }
    panel_->paintButton()->click();
    QVERIFY(!panel_->isPainting());
    panel_->params()->setValues(panel_->params()->values());
    QVERIFY(!panel_->isPainting());  // a person's own choice stays
    panel_.reset();
  }

  void theNoiseOfAPhotoIsEstimatedUntilItIsSet() {
    ui::RunModel model;
    panel_ = std::make_unique<DegradationPanel>(catalogue_, model.mask(), nullptr);
    panel_->follow(&model);
    panel_->setDegradation("denoise");
    panel_->show();
    const auto sigma = [&] { return numberOf(model.request().noise.values, "sigma"); };
    const auto says = [&](const char* words) {
      for (const auto* label : panel_->findChildren<QLabel*>()) {
        if (label->isVisible() && label->text() == QLatin1String(words)) return true;
      }
      return false;
    };
    const auto open = [&](double deviation, std::optional<double> recalled = {}) {
      std::mt19937 generator(3);
      std::normal_distribution<float> normal(0.0f, static_cast<float>(deviation));
      auto read = std::make_shared<Photo>();
      read->image = Image(96, 96, 3, 0.5f);
      for (auto& sample : read->image.pixels) sample += normal(generator);
      auto opened = std::make_shared<ui::OpenedPhoto>();
      opened->label = QStringLiteral("a.png");
      opened->shown = QImage(96, 96, QImage::Format_RGB888);
      opened->photo = std::move(read);
      QSignalSpy estimated(&model, &ui::RunModel::photoNoiseEstimated);
      model.setPhoto(opened);
      if (recalled) {
        auto stored = model.request();
        stored.noise = *recalled;
        model.recall(stored);
      }
      QVERIFY(estimated.isEmpty() && estimated.wait());
    };
    QCOMPARE(sigma(), 0.01);
    open(0.05);
    QVERIFY2(std::abs(sigma() - 0.1) < 0.02, qPrintable(QString::number(sigma())));
    QVERIFY(says("Noise estimated from the photo"));
    QVERIFY(!model.undoStack()->canUndo());  // it came with the photo
    panel_->setMode(Mode::Demonstrate);
    QCOMPARE(sigma(), 0.01);  // what is added to the truth
    QVERIFY(!says("Noise estimated from the photo"));
    panel_->setMode(Mode::Restore);
    QVERIFY(sigma() > 0.08);
    const auto setByHand = [&](double value) {
      QDoubleSpinBox* spin = nullptr;
      for (auto* each : panel_->findChildren<QDoubleSpinBox*>()) {
        if (each->accessibleName() == QLatin1String("Noise")) spin = each;
      }
      QVERIFY(spin != nullptr);
      spin->setValue(value);
    };
    setByHand(0.03);
    QVERIFY(!says("Noise estimated from the photo"));
    open(0.1);
    QVERIFY2(std::abs(sigma() - 0.2) < 0.04, qPrintable(QString::number(sigma())));  // 0.03 was that photo's
    QVERIFY(says("Noise estimated from the photo"));
    setByHand(0.03);
    QCOMPARE(sigma(), 0.03);
    for (auto* button : panel_->findChildren<QPushButton*>()) {
      if (button->isVisible() && button->text().startsWith(QLatin1String("Estimated from"))) button->click();
    }
    QVERIFY(std::abs(sigma() - 0.2) < 0.04);
    open(0.0);
    QCOMPARE(sigma(), 0.005);  // the least that solvers take
    auto stored = model.request();
    stored.noise = 0.01;
    model.recall(stored);
    QCOMPARE(sigma(), 0.01);  // as it was stored, for that photo
    open(0.05);
    QVERIFY(std::abs(sigma() - 0.1) < 0.02);
    open(0.05, 0.01);  // the usual noise, and stored: the estimate that comes after it is not taken
    QCOMPARE(sigma(), 0.01);
    QVERIFY(!says("Noise estimated from the photo"));
    open(0.05);
    QVERIFY(std::abs(sigma() - 0.1) < 0.02);
  }

  // Restore has no switch for it.
  void aPhotoThatIsDegradedFirstIsSaidInRestore() {
    ui::RunModel model;
    panel_ = std::make_unique<DegradationPanel>(catalogue_, model.mask(), nullptr);
    panel_->follow(&model);
    panel_->setFace(DegradationPanel::Face::Plain);
    panel_->show();
    auto* leave = panel_->findChild<QPushButton*>(QStringLiteral("restoreAsItIs"));
    QVERIFY(leave != nullptr && !leave->isVisible());  // without a photo
    auto read = std::make_shared<Photo>();
    read->image = Image(96, 96, 3, 0.5f);
    auto own = std::make_shared<ui::OpenedPhoto>();
    own->label = own->path = QStringLiteral("a.png");
    own->shown = QImage(96, 96, QImage::Format_RGB888);
    own->photo = std::move(read);
    model.setPhoto(own);
    QVERIFY(!leave->isVisible());
    model.chooseMode(Mode::Demonstrate);  // as Compare does
    QVERIFY(leave->isVisible());
    panel_->setFace(DegradationPanel::Face::Full);
    QVERIFY(!leave->isVisible());
    panel_->setFace(DegradationPanel::Face::Plain);
    leave->click();
    QVERIFY(!leave->isVisible());
    QCOMPARE(model.request().mode, Mode::Restore);
    auto sample = std::make_shared<ui::OpenedPhoto>(*own);
    sample->path = QString::fromStdString(resourceFolder() + "/photos/skimage_chelsea.png");
    model.setPhoto(sample);
    QCOMPARE(model.isSample(), true);
    QVERIFY(!leave->isVisible());
  }

  // Its person has not asked for it.
  void theSampleSaysWhatIsDoneToIt() {
    ui::RunModel model;
    panel_ = std::make_unique<DegradationPanel>(catalogue_, model.mask(), nullptr);
    panel_->follow(&model);
    panel_->setFace(DegradationPanel::Face::Plain);
    panel_->show();
    auto read = std::make_shared<Photo>();
    read->image = Image(96, 96, 3, 0.5f);
    auto sample = std::make_shared<ui::OpenedPhoto>();
    sample->label = QStringLiteral("skimage_chelsea.png");
    sample->path = QString::fromStdString(resourceFolder() + "/photos/skimage_chelsea.png");
    sample->shown = QImage(96, 96, QImage::Format_RGB888);
    sample->photo = std::move(read);
    model.setPhoto(sample);
    QVERIFY(model.isSample());
    const auto said = [this] {
      QStringList texts;
      for (const auto* label : panel_->findChildren<QLabel*>()) {
        if (label->isVisible() && label->text().contains(QStringLiteral("degraded first"))) texts << label->text();
      }
      return texts.join(QLatin1Char('|'));
    };
    panel_->setDegradation("sr");
    QCOMPARE(said(), QStringLiteral("The sample is degraded first: Factor 4, Super-resolution, noise 0.01."));
    panel_->params()->changeValues({{"factor", 2.0}}, QStringLiteral("factor"));
    QVERIFY2(said().contains(QStringLiteral(": Factor 2, ")), qPrintable(said()));
    auto request = written().request;
    request.degradation() = {"gaussian-blur", {{"sigma", 1.5}}, {}, {}, false};
    request.degradations.push_back({"sr", {{"factor", 2.0}}, {}, {}, false});
    request.noise = 0.05;
    panel_->readFrom(request);
    QVERIFY2(said().contains(QStringLiteral("Gaussian blur, Factor 2, Super-resolution, noise 0.05.")),
             qPrintable(said()));
    panel_->setFace(DegradationPanel::Face::Full);  // where all of it stands
    QCOMPARE(said(), QString());
    panel_->setFace(DegradationPanel::Face::Plain);
    QVERIFY(!said().isEmpty());
    panel_->setMode(Mode::Restore);
    QCOMPARE(said(), QString());
  }

  void aCardsBlurBeginsAsWideAsSuitsThePhoto() {
    ui::RunModel model;
    panel_ = std::make_unique<DegradationPanel>(catalogue_, model.mask(), nullptr);
    panel_->follow(&model);
    panel_->setFace(DegradationPanel::Face::Plain);
    const auto open = [&](int width, int height) {
      auto read = std::make_shared<Photo>();
      read->image = Image(width, height, 3, 0.5f);
      auto photo = std::make_shared<ui::OpenedPhoto>();
      photo->label = photo->path = QStringLiteral("a.png");
      photo->shown = QImage(width, height, QImage::Format_RGB888);
      photo->photo = std::move(read);
      model.setPhoto(photo);
    };
    const auto width = [&](const char* key) { return numberOf(written().request.degradation().values, key); };
    const auto* tiles = panel_->findChild<ui::TaskTiles*>();
    open(192, 128);
    tiles->tileOf("defocus")->click();
    QCOMPARE(width("radius"), 2.0);
    QCOMPARE(numberOf(model.request().degradation().values, "radius"), 2.0);
    tiles->tileOf("straight-motion-blur")->click();
    QCOMPARE(width("length"), 6.0);
    tiles->tileOf("defocus")->click();
    open(16, 24);
    QCOMPARE(width("radius"), 0.5);  // the smallest there is
    open(640, 480);
    QCOMPARE(width("radius"), 4.0);
    open(192, 128);
    QCOMPARE(width("radius"), 2.0);
    auto* radius = qobject_cast<QDoubleSpinBox*>(panel_->params()->editorOf("radius"));
    radius->setValue(3.0);
    open(96, 64);
    QCOMPARE(width("radius"), 3.0);  // a person's own
    panel_->setDegradation("sr");
    panel_->setDegradation("defocus");  // as the Lab's list does
    QCOMPARE(width("radius"), 4.0);
    panel_->setDegradation("sr");
    tiles->tileOf("defocus")->click();
    QCOMPARE(width("radius"), 1.0);
    panel_->readFrom(written().request);
    open(192, 128);
    QCOMPARE(width("radius"), 1.0);  // of a run that was brought back
  }

  void tooSmallTakesEveryFactor() {
    panel_->setFace(DegradationPanel::Face::Plain);
    panel_->setMode(Mode::Restore);
    const auto* tiles = panel_->findChild<ui::TaskTiles*>();
    auto* tile = tiles->tileOf("sr");
    tile->click();
    auto* slider = panel_->params()->sliderOf("factor");
    auto* spin = qobject_cast<QDoubleSpinBox*>(panel_->params()->editorOf("factor"));
    QCOMPARE(spin->value(), 4.0);
    QSignalSpy changed(panel_.get(), &DegradationPanel::changed);
    QTest::keyClick(slider, Qt::Key_Right);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(panel_->degradation(), std::string("area-sr"));
    QCOMPARE(numberOf(catalogue_.complete(written().request).degradation().values, "factor"), 4.5);
    QCOMPARE(panel_->outputScale(), 4.5);
    QCOMPARE(panel_->params()->sliderOf("factor"), slider);  // which may be held
    QCOMPARE(tiles->tileOf("area-sr"), tile);
    QVERIFY(tile->isChecked());
    tile->click();
    QCOMPARE(spin->value(), 4.5);
    QTest::keyClick(slider, Qt::Key_Right);
    QCOMPARE(panel_->degradation(), std::string("sr"));
    QCOMPARE(numberOf(catalogue_.complete(written().request).degradation().values, "factor"), 5.0);
    spin->setValue(1.25);
    QCOMPARE(panel_->degradation(), std::string("area-sr"));
    panel_->setFace(DegradationPanel::Face::Full);  // where each is itself
    QCOMPARE(numberOf(written().request.degradation().values, "factor"), 1.25);
    auto stored = written().request;
    stored.degradation() = {"area-sr", {{"factor", 6.0}}, {}, {}, false};
    panel_->setFace(DegradationPanel::Face::Plain);
    panel_->readFrom(stored);
    QCOMPARE(written().request.degradation().id, std::string("area-sr"));
    panel_->setDegradation("sr");
    QCOMPARE(numberOf(written().request.degradation().values, "factor"), 4.0);
  }

  void aRequestComesBackAsItWas() {
    RestoreRequest request;
    request.mode = Mode::Restore;
    request.degradation().id = "gaussian-blur";
    request.degradation().values = {{"sigma", 1.75}, {"kernel_size", 31.0}};
    request.noise = 0.0375;
    request.measurement_seed = 123456789012345ull;
    request = catalogue_.complete(request);
    QVERIFY(panel_->readFrom(request).isEmpty());
    const auto back = written().request;
    QCOMPARE(back.mode, request.mode);
    QCOMPARE(back.degradation().id, request.degradation().id);
    QVERIFY(back.degradation().values == request.degradation().values);
    QVERIFY(back.noise == request.noise);
    QVERIFY(back.measurement_seed == request.measurement_seed);
    request.degradation().kernel = folder_.filePath(QStringLiteral("gone.png")).toStdString();
    QCOMPARE(panel_->readFrom(request).size(), 1);  // said, and no crash
  }

  void theStoredMaskOfARequestComesBack() {
    RestoreRequest request;
    request.degradation().id = "inpaint";
    request.degradation().mask = "painted";
    request = catalogue_.complete(request);
    QImage mask(kSide, kSide, QImage::Format_RGB888);
    mask.fill(Qt::black);
    for (int x = 3; x < 9; ++x) mask.setPixelColor(x, 5, Qt::white);
    QVERIFY(panel_->readFrom(request, {.mask = mask}).isEmpty());
    QCOMPARE(panel_->maskSource(), DegradationPanel::MaskSource::Painted);
    QVERIFY(!panel_->isPainting());  // it is there to be run again, not to be painted over by chance
    QCOMPARE(written().pictures.mask.convertToFormat(QImage::Format_RGB888), mask);
    const auto lost = panel_->readFrom(request, {.mask = QImage(7, 9, QImage::Format_RGB888)});
    QCOMPARE(lost.size(), 1);
    QVERIFY2(lost.first().contains(QStringLiteral("7 x 9")), qPrintable(lost.first()));
    QCOMPARE(panel_->readFrom(request).size(), 1);  // none was stored
  }

  void ofSeveralFilesTheLastOneAskedForCounts() {
    panel_->setDegradation("inpaint");
    QSignalSpy failed(panel_.get(), &DegradationPanel::failed);
    const auto path = picture("mask.png", kSide, kSide, 255);
    panel_->loadMask(folder_.filePath(QStringLiteral("nowhere.png")));
    panel_->loadMask(path);
    QTRY_COMPARE(written().request.degradation().mask, path.toStdString());
    QCOMPARE(failed.count(), 0);
  }

  void nothingIsCutOffWhenItIsNarrow() {
    for (const auto& each : catalogue_.degradations) {
      panel_->setDegradation(each.id);
      panel_->setMode(Mode::Restore);
      QVERIFY2(panel_->minimumSizeHint().width() <= 330, each.id.c_str());
    }
    panel_->resize(panel_->minimumSizeHint().width(), 1200);
    QCoreApplication::processEvents();
    for (auto* button : panel_->findChildren<QAbstractButton*>()) {
      if (!button->isVisible() || button->text().isEmpty()) continue;
      QVERIFY2(button->width() >= button->minimumSizeHint().width(), qPrintable(button->text()));
    }
  }
};

QTEST_MAIN(DegradationPanelTest)
#include "degradation_panel_test.moc"
