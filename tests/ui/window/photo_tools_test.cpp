// SPDX-License-Identifier: GPL-3.0-or-later
// Crop and "Try on a part" in the window, by mouse and keys.
#include <QAction>
#include <QComboBox>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QToolButton>
#include <QUndoStack>
#include <QtTest>

#include "core/api/measure.h"
#include "ui/base/frame_image.h"
#include "ui/base/side_runs.h"
#include "ui/canvas/image_canvas.h"
#include "ui/files/file_desk.h"
#include "ui/jobs/part_run.h"
#include "ui/run/run_bar.h"
#include "ui/task/degradation_panel.h"
#include "ui/tools/canvas_bar.h"
#include "ui/tools/crop_view.h"
#include "ui/tools/frame_picker.h"
#include "ui/tools/part_tool.h"
#include "ui/widgets/floating_bar.h"
#include "ui/widgets/message_bar.h"
#include "ui/window/main_actions.h"
#include "ui/window/main_window.h"
#include "ui/window/model_desk.h"
#include "ui/window/photo_tools.h"
#include "ui/window/status_line.h"

using namespace p2l;

class PhotoToolsTest : public QObject {
  Q_OBJECT

 private:
  static constexpr int kPatience = 60000;
  static constexpr int kWidth = 400, kHeight = 300;

  Catalogue catalogue_ = readCatalogue();
  QTemporaryDir folder_;
  std::unique_ptr<ui::MainWindow> window_;
  ui::RunJob part_job_;

  ui::RunModel* document() const { return window_->document(); }
  ui::ImageCanvas* canvas() const { return window_->widgets().canvas; }
  ui::CropView* crop() const { return window_->photoTools()->crop(); }
  ui::FramePicker* cropPicker() const { return crop()->picker(); }
  ui::PartTool* part() const { return window_->photoTools()->part(); }
  ui::PartRun* run() const { return window_->photoTools()->partRun(); }
  ui::MainActions* actions() const { return window_->actions(); }

  static QPushButton* button(const QWidget* in, const QString& name) {
    for (auto* each : in->findChildren<QPushButton*>()) {
      if (each->accessibleName() == name) return each;
    }
    return nullptr;
  }
  /// By pixels of what the picker lies over.
  static QPoint placeOf(const ui::FramePicker* picker, const ui::ImageCanvas* on, QSize pixels, QPoint at) {
    const auto shown = on->pictureSize();
    Q_UNUSED(picker);
    return on->widgetFromImage({at.x() * shown.width() / pixels.width(), at.y() * shown.height() / pixels.height()})
        .toPoint();
  }
  static void drag(QWidget* widget, QPoint from, QPoint to, bool release = true) {
    QTest::mousePress(widget, Qt::LeftButton, {}, from);
    const auto move = [&](QPoint at) {
      QMouseEvent event(QEvent::MouseMove, at, widget->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, {});
      QCoreApplication::sendEvent(widget, &event);
    };
    move((from + to) / 2);
    move(to);
    if (release) QTest::mouseRelease(widget, Qt::LeftButton, {}, to);
  }
  void dragCrop(QPoint from, QPoint to) {
    const QSize pixels(kWidth, kHeight);
    drag(cropPicker(), placeOf(cropPicker(), crop()->photo(), pixels, from),
         placeOf(cropPicker(), crop()->photo(), pixels, to));
  }
  void dragPart(QPoint from, QPoint to) {
    const auto pixels = document()->workingSize();
    drag(part()->picker(), placeOf(part()->picker(), canvas(), pixels, from),
         placeOf(part()->picker(), canvas(), pixels, to));
  }
  static void compareNear(const QRect& found, const QRect& wanted, int within = 2) {
    const auto text =
        QStringLiteral("%1,%2 %3x%4").arg(found.x()).arg(found.y()).arg(found.width()).arg(found.height());
    for (const int off : {found.left() - wanted.left(), found.top() - wanted.top(), found.right() - wanted.right(),
                          found.bottom() - wanted.bottom()})
      QVERIFY2(std::abs(off) <= within, qPrintable(text));
  }
  void finishPart() {
    Outcome outcome;
    outcome.status = Outcome::Status::Completed;
    outcome.report.request = part_job_.request;
    outcome.report.seconds = 2.0;
    const auto& given = *part_job_.pictures.photo;
    outcome.picture = Image(given.width, given.height, 3, 1.0f);
    document()->sideRuns()->runFinished(part_job_.run_id,
                                        ui::resultFromOutcome(std::move(outcome), part_job_.pictures));
  }
  void waitForPartJob() { QTRY_VERIFY_WITH_TIMEOUT(part_job_.run_id != 0, kPatience); }

 private slots:
  void initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("p2l-studio-test"));
    QCoreApplication::setApplicationName(QStringLiteral("p2l-studio-tools-test"));
  }
  void init() {
    QSettings().clear();
    QSettings().setValue(QStringLiteral("live_preview"), false);
    part_job_ = {};
    window_ = std::make_unique<ui::MainWindow>(catalogue_);
    window_->setWindowState(Qt::WindowNoState);
    window_->resize(1280, 720);
    window_->show();
    connect(document()->sideRuns(), &ui::SideRuns::runRequested, this,
            [this](const ui::RunJob& job) { part_job_ = job; });
    QImage image(kWidth, kHeight, QImage::Format_RGB888);
    image.fill(Qt::darkCyan);
    const auto path = folder_.filePath(QStringLiteral("own.png"));
    QVERIFY(image.save(path));
    window_->files()->open(path);
    QTRY_VERIFY_WITH_TIMEOUT(document()->photo() != nullptr, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(!canvas()->isEmpty(), kPatience);
    window_->widgets().degradation->setDegradation("denoise");
    QTest::qWait(50);
    document()->undoStack()->clear();
  }
  void cleanup() {
    document()->stop();
    document()->markSaved();
    window_.reset();
  }

  void aRectangleIsDraggedAndEnterCrops() {
    QVERIFY(!actions()->reset_crop->isEnabled());
    actions()->crop->trigger();
    QVERIFY(crop()->isOpen() && actions()->crop->isChecked());
    QCOMPARE(cropPicker()->frame(), QRect(0, 0, kWidth, kHeight));
    QVERIFY(!cropPicker()->accessibleName().isEmpty());
    dragCrop({50, 40}, {250, 190});
    compareNear(cropPicker()->frame(), {50, 40, 200, 150});
    dragCrop({150, 115}, {170, 105});  // all of it
    compareNear(cropPicker()->frame(), {70, 30, 200, 150}, 3);
    dragCrop({270, 180}, {300, 220});  // its corner
    compareNear(cropPicker()->frame(), {70, 30, 230, 190}, 4);
    dragCrop({300, 100}, {280, 130});  // an edge
    compareNear(cropPicker()->frame(), {70, 30, 210, 190}, 5);
    const auto frame = cropPicker()->frame();
    QTest::keyClick(cropPicker(), Qt::Key_Return);
    QVERIFY(!crop()->isOpen() && !actions()->crop->isChecked());
    QCOMPARE(document()->cropRect(), frame);
    QVERIFY(actions()->reset_crop->isEnabled());
    QTRY_COMPARE_WITH_TIMEOUT(canvas()->pictureSize().toSize(), frame.size(), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(window_->widgets().status->planText().contains(QStringLiteral("The crop")), kPatience);
    document()->undoStack()->undo();
    QVERIFY(!document()->isCropped());
    document()->undoStack()->redo();
    QCOMPARE(document()->cropRect(), frame);
    actions()->reset_crop->trigger();
    QVERIFY(!document()->isCropped() && !actions()->reset_crop->isEnabled());
  }

  void keysMoveAndSizeTheRectangleAndEscapeLeavesIt() {
    document()->setCrop({50, 40, 200, 150});
    QTest::keyClick(canvas(), Qt::Key_C);
    QVERIFY(crop()->isOpen());
    QTRY_VERIFY_WITH_TIMEOUT(cropPicker()->isVisible(), kPatience);
    QCOMPARE(cropPicker()->frame(), QRect(50, 40, 200, 150));
    QTest::keyClick(cropPicker(), Qt::Key_Right);
    QTest::keyClick(cropPicker(), Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(cropPicker()->frame(), QRect(51, 50, 200, 150));
    QTest::keyClick(cropPicker(), Qt::Key_Left, Qt::ControlModifier);
    QTest::keyClick(cropPicker(), Qt::Key_Down, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(cropPicker()->frame(), QRect(51, 50, 199, 160));
    QVERIFY(cropPicker()->accessibleDescription().contains(QStringLiteral("199 × 160")));
    for (int i = 0; i < 60; ++i) QTest::keyClick(cropPicker(), Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(cropPicker()->frame().right(), kWidth - 1);
    QTest::keyClick(cropPicker(), Qt::Key_Escape);
    QVERIFY(!crop()->isOpen());
    QCOMPARE(document()->cropRect(), QRect(50, 40, 200, 150));
    actions()->crop->trigger();
    button(crop(), QStringLiteral("Cancel crop"))->click();
    QVERIFY(!crop()->isOpen());
    actions()->crop->trigger();
    button(crop(), QStringLiteral("Reset crop"))->click();
    QVERIFY(!crop()->isOpen() && !document()->isCropped());
  }

  void anAspectIsHeld() {
    actions()->crop->trigger();
    const auto choose = [this](const QString& text) {
      const int index = crop()->aspects()->findText(text);
      QVERIFY(index >= 0);
      crop()->aspects()->setCurrentIndex(index);
      emit crop()->aspects()->activated(index);
    };
    choose(QStringLiteral("1 : 1"));
    QCOMPARE(cropPicker()->frame(), QRect(50, 0, 300, 300));  // the largest, in the middle
    dragCrop({350, 300}, {250, 240});
    QCOMPARE(cropPicker()->frame().width(), cropPicker()->frame().height());
    compareNear(cropPicker()->frame(), {50, 0, 240, 240}, 4);
    choose(QStringLiteral("16 : 9"));
    const auto frame = cropPicker()->frame();
    QVERIFY(std::abs(frame.width() * 9 - frame.height() * 16) <= 16);
    choose(QStringLiteral("As the photo"));
    QVERIFY(std::abs(cropPicker()->frame().width() * 3 - cropPicker()->frame().height() * 4) <= 4);
    button(crop(), QStringLiteral("Apply crop"))->click();
    QVERIFY(document()->isCropped());
  }

  void aRunAndAnotherPhotoCloseTheTool() {
    actions()->crop->trigger();
    document()->run();
    QVERIFY(!crop()->isOpen() && !actions()->crop->isEnabled());
    actions()->try_part->trigger();
    QVERIFY(!part()->isPicking());
    document()->stop();
  }

  void aPartIsDraggedRunAndShownInItsPlace() {
    QVERIFY(actions()->try_part->isEnabled());
    actions()->try_part->trigger();
    QVERIFY(part()->isPicking() && actions()->try_part->isChecked() && part()->bar()->isVisible());
    QVERIFY(!part()->picker()->accessibleName().isEmpty());
    dragPart({100, 80}, {180, 140});
    QVERIFY(!part()->isPicking() && !actions()->try_part->isChecked());
    compareNear(run()->part(), {100, 80, 80, 60});
    waitForPartJob();
    const auto losses = window_->files()->atStake().losses.join(QLatin1Char('\n'));
    QVERIFY2(losses.contains(QStringLiteral("part in progress")), qPrintable(losses));
    QCOMPARE(part_job_.pictures.photo->width, run()->part().width() + 2 * ui::PartRun::kAround);
    QVERIFY(!canvas()->inset().isNull());  // where it will be
    RunStart begun;
    begun.run_id = part_job_.run_id;
    begun.steps = 8;
    document()->sideRuns()->runStarted(begun);
    QVERIFY2(part()->text().contains(QStringLiteral("step 0 of 8")), qPrintable(part()->text()));
    finishPart();
    QCOMPARE(canvas()->inset().size(), run()->part().size());
    QCOMPARE(canvas()->inset().pixelColor(0, 0), QColor(Qt::white));
    QVERIFY2(part()->text().contains(QStringLiteral("Part · 2.0 s")), qPrintable(part()->text()));
    QVERIFY(document()->result() == nullptr && document()->pastRuns().all().empty());
    auto request = document()->request();
    request.seed += 1;
    document()->changeSolver(request);
    QVERIFY(part()->text().contains(QStringLiteral("former settings")));
    canvas()->setFocus();
    QTest::keyClick(canvas(), Qt::Key_Escape);
    QVERIFY(canvas()->inset().isNull() && !part()->bar()->isVisible());
  }

  void aPartIsTakenByKeysAgainAndThenTheWhole() {
    actions()->try_part->trigger();
    const auto middle = part()->picker()->frame();
    QCOMPARE(middle, ui::PartRun::middle(document()->workingSize()));
    QTest::keyClick(part()->picker(), Qt::Key_Left, Qt::ShiftModifier);
    QTest::keyClick(part()->picker(), Qt::Key_Return);
    QCOMPARE(run()->part(), middle.translated(-10, 0));
    waitForPartJob();
    finishPart();
    const auto first = part_job_.run_id;
    button(part()->bar(), QStringLiteral("Again"))->click();
    QTRY_VERIFY_WITH_TIMEOUT(part_job_.run_id != first, kPatience);
    finishPart();
    button(part()->bar(), QStringLiteral("Another part"))->click();
    QVERIFY(part()->isPicking());
    QCOMPARE(part()->picker()->frame(), run()->part());
    QTest::keyClick(part()->picker(), Qt::Key_Escape);
    QVERIFY(!part()->isPicking() && !run()->part().isEmpty());
    QSignalSpy whole(document(), &ui::RunModel::runRequested);
    button(part()->bar(), QStringLiteral("Whole photo"))->click();
    QCOMPARE(whole.count(), 1);
    QVERIFY(run()->part().isEmpty() && canvas()->inset().isNull());
  }

  void theTimeOfAPartIsStatedBefore() {
    const auto info = *catalogue_.model(document()->request().model);
    document()->networksTimed(info, {65536.0, 12.0, 12.0, 12.0});
    actions()->try_part->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(part()->text().contains(QStringLiteral("about")), kPatience);
    part()->setPicking(false);
  }

  void aPartThatCannotBeRunIsSaid() {
    window_->widgets().degradation->setDegradation("inpaint");
    QTRY_VERIFY_WITH_TIMEOUT(!actions()->try_part->isEnabled(), kPatience);  // nothing is painted yet
    auto* mask = document()->mask();
    mask->setTool(ui::MaskEditor::Tool::Rectangle);
    mask->beginStroke({10, 10});
    mask->endStroke({20, 20});
    QTRY_VERIFY_WITH_TIMEOUT(actions()->try_part->isEnabled(), kPatience);
    actions()->try_part->trigger();
    dragPart({200, 150}, {280, 220});
    QVERIFY2(window_->messages()->text().contains(QStringLiteral("hides no pixel of this part")),
             qPrintable(window_->messages()->text()));
    QVERIFY(!part()->bar()->isVisible());
  }

  void onlyOneRectangleIsDrawnAtATime() {
    actions()->crop->trigger();
    actions()->try_part->trigger();
    QVERIFY(!crop()->isOpen() && part()->isPicking());
    actions()->crop->trigger();
    QVERIFY(crop()->isOpen() && !part()->isPicking());
    crop()->cancel();
  }

  void withoutTheCanvasTheyAreOff() {
    for (const auto page : {ui::MainWindow::Page::Compare, ui::MainWindow::Page::Learn}) {
      document()->setCrop({50, 40, 200, 150});
      window_->showPage(page);
      for (auto* action : {actions()->crop, actions()->reset_crop, actions()->try_part}) QVERIFY(!action->isEnabled());
      QTest::keyClick(window_.get(), Qt::Key_C);
      QVERIFY(!crop()->isOpen());
      document()->setCrop({});  // what changes there does not switch them on
      QVERIFY(!actions()->crop->isEnabled() && !actions()->try_part->isEnabled());
      window_->showPage(ui::MainWindow::Page::Lab);
      QVERIFY(actions()->crop->isEnabled() && actions()->try_part->isEnabled());
    }
  }

  void cancellingAnotherPartLeavesTheFirst() {
    actions()->try_part->trigger();
    QTest::keyClick(part()->picker(), Qt::Key_Return);
    waitForPartJob();
    finishPart();
    const auto first = run()->part();
    auto* close = button(part()->bar(), QStringLiteral("Close the part"));
    button(part()->bar(), QStringLiteral("Another part"))->click();
    QCOMPARE(close->text(), QStringLiteral("Cancel"));
    close->click();
    QVERIFY(!part()->isPicking());
    QCOMPARE(run()->part(), first);
    QVERIFY(!canvas()->inset().isNull());
    close->click();
    QVERIFY(run()->part().isEmpty());
  }

  void menusKeysAndButtonsHaveBoth() {
    const auto inMenus = [this](QAction* action) {
      for (const auto* menu : actions()->menus()) {
        if (menu->actions().contains(action)) return true;
      }
      return false;
    };
    for (auto* action : {actions()->crop, actions()->reset_crop, actions()->try_part}) {
      QVERIFY(inMenus(action));
      QVERIFY(!action->shortcut().isEmpty());
    }
    const auto buttonOf = [](const QWidget* bar, const QAction* action) {
      for (const auto* each : bar->findChildren<QToolButton*>()) {
        if (each->defaultAction() == action) return each->isVisible() && !each->accessibleName().isEmpty();
      }
      return false;
    };
    QVERIFY(buttonOf(window_->widgets().canvas_bar, actions()->crop));
    QVERIFY(buttonOf(window_->widgets().bar, actions()->try_part));
  }
};

QTEST_MAIN(PhotoToolsTest)
#include "photo_tools_test.moc"
