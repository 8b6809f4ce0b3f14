// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/param_panel.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QSignalSpy>
#include <QSlider>
#include <QToolButton>
#include <QUndoStack>
#include <QWheelEvent>
#include <QtTest>
#include <cmath>

#include "tests/support/german_numbers.h"
#include "ui/style/theme.h"

using namespace p2l;
using ui::ParamPanel;

/// Counts how often a layout is asked to place its widgets anew.
class LayoutRequests : public QObject {
 public:
  LayoutRequests() { qApp->installEventFilter(this); }
  int count() const { return count_; }
  bool eventFilter(QObject*, QEvent* event) override {
    count_ += event->type() == QEvent::LayoutRequest ? 1 : 0;
    return false;
  }

 private:
  int count_ = 0;
};

class ParamPanelTest : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<QUndoStack> undo_;
  std::unique_ptr<ParamPanel> panel_;

  static std::vector<ParamSpec> specs() {
    return {integerParam("K", "K", "Prompt steps", 0, 20, 3, "more tunes longer"),
            realParam("weight", "λ", "Weight", 0.01, 100.0, 1.0, "more trusts y", ParamScale::Logarithmic),
            realParam("ratio", "", "Ratio", 0.0, 10.0, 2.0, "a ratio"),
            choiceParam("kind", "Kind", {"gd", "adam"}, "which"),
            flagParam("reset", "Reset", true, "begin anew"),
            advanced(realParam("rate", "", "Rate", 0.0, 1.0, 0.5, "seldom changed"))};
  }
  double number(const std::string& key) const { return numberOf(panel_->values(), key); }
  QDoubleSpinBox* spin(const std::string& key) const { return qobject_cast<QDoubleSpinBox*>(panel_->editorOf(key)); }
  QLabel* label(const std::string& key) const {
    for (auto* each : panel_->findChildren<QLabel*>()) {
      if (each->buddy() == panel_->editorOf(key)) return each;
    }
    return nullptr;
  }
  bool bold(const std::string& key) const { return label(key)->text().contains(QStringLiteral("<b>")); }
  void type(const std::string& key, const QString& text) {
    spin(key)->selectAll();
    QTest::keyClicks(spin(key), text);
    QTest::keyClick(spin(key), Qt::Key_Return);
  }
  /// Drags a slider through these positions.
  void drag(const std::string& key, std::initializer_list<int> positions) {
    auto* slider = panel_->sliderOf(key);
    slider->setSliderDown(true);
    for (const int position : positions) slider->setValue(position);
    slider->setSliderDown(false);
  }

 private slots:
  void initTestCase() { ui::applyTheme(*qApp, ui::Theme::Light); }
  void init() {
    undo_ = std::make_unique<QUndoStack>();
    panel_ = std::make_unique<ParamPanel>(undo_.get());
    panel_->setSpecs(specs());
    panel_->show();
  }
  void cleanup() {
    panel_.reset();
    undo_.reset();
  }

  void beginsWithTheDefaults() {
    QVERIFY(panel_->values() == completeValues(specs(), {}, "test"));
    for (const auto& spec : specs()) QVERIFY2(!bold(spec.key), spec.key.c_str());
    QVERIFY(panel_->editorOf("unknown") == nullptr);
  }

  void aStepOfTheSpecIsTheSlidersAndTheKeys() {
    auto spec = realParam("factor", "s", "Factor", 1.25, 16.0, 2.0, "smaller", ParamScale::Logarithmic);
    spec.step = 0.5;
    panel_->setSpecs({spec});
    auto* slider = panel_->sliderOf("factor");
    QSet<double> reached;
    for (int position = slider->minimum(); position <= slider->maximum(); ++position) {
      slider->setValue(position);
      const double value = number("factor");
      QVERIFY2(value == 1.25 || value * 2 == std::round(value * 2), qPrintable(QString::number(value)));
      reached.insert(value);
    }
    QCOMPARE(reached.size(), 31);  // 1.25, 1.5, 2, 2.5 ... 16
    panel_->setValues({{"factor", 1.25}});
    QTest::keyClick(spin("factor"), Qt::Key_Up);
    QCOMPARE(number("factor"), 1.5);
    QTest::keyClick(spin("factor"), Qt::Key_Up);
    QCOMPARE(number("factor"), 2.0);
    QTest::keyClick(spin("factor"), Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(number("factor"), 2.05);
    QTest::keyClick(spin("factor"), Qt::Key_Down);
    QCOMPARE(number("factor"), 2.0);
    QTest::keyClick(spin("factor"), Qt::Key_Up, Qt::ShiftModifier);
    QCOMPARE(number("factor"), 7.0);
    type("factor", QStringLiteral("3.7"));  // any number can be typed
    QCOMPARE(number("factor"), 3.7);
  }

  void aLogarithmicSliderIsEvenInDecades_data() {
    QTest::addColumn<int>("position");
    QTest::addColumn<double>("value");
    QTest::newRow("least") << 0 << 0.01;
    QTest::newRow("quarter") << 250 << 0.1;
    QTest::newRow("middle") << 500 << 1.0;
    QTest::newRow("most") << 1000 << 100.0;
  }
  void aLogarithmicSliderIsEvenInDecades() {
    QFETCH(int, position);
    QFETCH(double, value);
    panel_->sliderOf("weight")->setValue(1 + (position + 500) % 1000);  // somewhere else
    panel_->sliderOf("weight")->setValue(position);
    QVERIFY(std::abs(number("weight") - value) <= 1e-9 * value);
    panel_->setValues({{"weight", 7.0}});
    panel_->setValues({{"weight", value}});
    QCOMPARE(panel_->sliderOf("weight")->value(), position);
  }

  void aTypedValueIsTaken() {
    QSignalSpy changed(panel_.get(), &ParamPanel::valuesChanged);
    type("ratio", QStringLiteral("3.25"));
    QCOMPARE(number("ratio"), 3.25);
    QCOMPARE(panel_->sliderOf("ratio")->value(), 325);
    QCOMPARE(changed.count(), 1);
    type("weight", QStringLiteral("0,5"));
    QCOMPARE(number("weight"), 0.5);
    type("K", QStringLiteral("7"));
    QCOMPARE(number("K"), 7.0);
  }

  void inGermanACommaIsShownAndBothAreTyped() {
    const test::GermanNumbers german;
    panel_->setSpecs(specs());
    QCOMPARE(spin("rate")->text(), QStringLiteral("0,5"));
    const auto help = spin("weight")->toolTip(), of_rate = spin("rate")->toolTip();
    QVERIFY2(help.contains(QStringLiteral("a number from 0,01 to 100; default: 1.")), qPrintable(help));
    QVERIFY2(of_rate.contains(QStringLiteral("default: 0,5.")), qPrintable(of_rate));
    for (const char* typed : {"3,25", "3.25"}) {
      type("ratio", QStringLiteral("2"));
      type("ratio", QString::fromLatin1(typed));
      QCOMPARE(number("ratio"), 3.25);
      QCOMPARE(spin("ratio")->text(), QStringLiteral("3,25"));
    }
    type("weight", QStringLiteral("1.234,5"));  // no marks of thousands
    QCOMPARE(number("weight"), 1.0);
    QSignalSpy clamped(panel_.get(), &ParamPanel::clamped);
    type("ratio", QStringLiteral("12.5"));
    const auto sentence = clamped.first().first().toString();
    QVERIFY2(sentence.contains(QStringLiteral("12,5 became 10")), qPrintable(sentence));
  }

  void whatIsOutOfRangeIsClampedAndSaid_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<double>("taken");
    QTest::newRow("above") << "250" << 10.0;
    QTest::newRow("below") << "-3" << 0.0;
  }
  void whatIsOutOfRangeIsClampedAndSaid() {
    QFETCH(QString, typed);
    QFETCH(double, taken);
    QSignalSpy clamped(panel_.get(), &ParamPanel::clamped);
    type("ratio", typed);
    QCOMPARE(number("ratio"), taken);
    QCOMPARE(clamped.count(), 1);
    const auto sentence = clamped.first().first().toString();
    QVERIFY2(sentence.contains(QStringLiteral("Ratio")) && sentence.contains(typed), qPrintable(sentence));
  }

  void nonsenseLeavesTheValue() {
    for (const char* typed : {"abc", "", "nan", "1e999"}) {
      type("ratio", QString::fromLatin1(typed));
      QVERIFY2(number("ratio") >= 0.0 && number("ratio") <= 10.0, typed);
    }
    QCOMPARE(spin("ratio")->text().toDouble(), number("ratio"));
  }

  void aDoubleClickOnTheNameResets() {
    type("ratio", QStringLiteral("9"));
    QVERIFY(bold("ratio"));
    QTest::mouseDClick(label("ratio"), Qt::LeftButton);
    QCOMPARE(number("ratio"), 2.0);
    QVERIFY(!bold("ratio"));
    undo_->undo();
    QCOMPARE(number("ratio"), 9.0);
    QVERIFY(bold("ratio"));
  }

  void defaultsCanBeOthersThanTheSpecs() {
    panel_->setDefaults({{"ratio", 4.0}});
    QVERIFY(bold("ratio"));
    QTest::mouseDClick(label("ratio"), Qt::LeftButton);
    QCOMPARE(number("ratio"), 4.0);
    QVERIFY(!bold("ratio"));
  }

  void theDefaultOfAChoiceIsNamedAsTheChoiceIs() {
    panel_->setSpecs({labelled(choiceParam("kind", "Kind", {"gd", "adam"}, "which"), {"gradient step", "Adam"})});
    const auto help = [this] { return panel_->editorOf("kind")->toolTip(); };
    QVERIFY2(help().contains(QStringLiteral("default: gradient step.")), qPrintable(help()));
    panel_->setDefaults({{"kind", std::string("adam")}});
    QVERIFY2(help().contains(QStringLiteral("default: Adam.")), qPrintable(help()));
  }

  void aDragIsOneStepOfUndo() {
    drag("ratio", {300, 400, 500, 600});
    QCOMPARE(number("ratio"), 6.0);
    QCOMPARE(undo_->count(), 1);
    drag("ratio", {700, 800});
    QCOMPARE(undo_->count(), 2);
    undo_->undo();
    QCOMPARE(number("ratio"), 6.0);
    undo_->undo();
    QCOMPARE(number("ratio"), 2.0);
    undo_->redo();
    QCOMPARE(number("ratio"), 6.0);
    QCOMPARE(panel_->sliderOf("ratio")->value(), 600);
  }

  void aDragBackToTheBeginningLeavesNothingToUndo() {
    drag("ratio", {600, 200});
    QCOMPARE(number("ratio"), 2.0);
    QVERIFY(!undo_->canUndo());
  }

  void keysStepFinely_data() {
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("modifier");
    QTest::addColumn<double>("value");
    QTest::newRow("right") << int(Qt::Key_Right) << int(Qt::NoModifier) << 2.1;
    QTest::newRow("left") << int(Qt::Key_Left) << int(Qt::NoModifier) << 1.9;
    QTest::newRow("shift") << int(Qt::Key_Right) << int(Qt::ShiftModifier) << 3.0;
    QTest::newRow("ctrl") << int(Qt::Key_Right) << int(Qt::ControlModifier) << 2.01;
    QTest::newRow("page") << int(Qt::Key_PageUp) << int(Qt::NoModifier) << 3.0;
  }
  void keysStepFinely() {
    QFETCH(int, key);
    QFETCH(int, modifier);
    QFETCH(double, value);
    QTest::keyClick(panel_->sliderOf("ratio"), Qt::Key(key), Qt::KeyboardModifiers(modifier));
    QCOMPARE(number("ratio"), value);
  }

  void theWheelOverAnUnfocusedRowChangesNothing() {
    for (QWidget* widget : {static_cast<QWidget*>(panel_->sliderOf("ratio")), panel_->editorOf("kind"),
                            panel_->editorOf("ratio"), panel_->editorOf("K")}) {
      widget->clearFocus();
      QWheelEvent wheel(QPointF(5, 5), widget->mapToGlobal(QPointF(5, 5)), {}, QPoint(0, 120), Qt::NoButton,
                        Qt::NoModifier, Qt::NoScrollPhase, false);
      QApplication::sendEvent(widget, &wheel);
    }
    QVERIFY(panel_->values() == completeValues(specs(), {}, "test"));
  }

  void choicesAndFlagsAreUndone() {
    qobject_cast<QComboBox*>(panel_->editorOf("kind"))->setCurrentIndex(1);
    qobject_cast<QCheckBox*>(panel_->editorOf("reset"))->setChecked(false);
    QCOMPARE(choiceOf(panel_->values(), "kind"), std::string("adam"));
    QVERIFY(!flagOf(panel_->values(), "reset"));
    QCOMPARE(undo_->count(), 2);
    undo_->undo();
    undo_->undo();
    QVERIFY(panel_->values() == completeValues(specs(), {}, "test"));
  }

  void manyValuesAreOneStepOfUndo() {
    QSignalSpy changed(panel_.get(), &ParamPanel::valuesChanged);
    panel_->changeValues({{"ratio", 5.0}, {"K", 1.0}, {"kind", std::string("adam")}}, QStringLiteral("preset"));
    QCOMPARE(changed.count(), 1);
    QCOMPARE(undo_->count(), 1);
    undo_->undo();
    QVERIFY(panel_->values() == completeValues(specs(), {}, "test"));
    panel_->changeValues(panel_->values(), QStringLiteral("nothing"));
    QVERIFY(!undo_->canUndo());
  }

  void settingIsSilent() {
    QSignalSpy changed(panel_.get(), &ParamPanel::valuesChanged);
    panel_->setValues({{"ratio", 5.0}, {"unknown", 1.0}, {"kind", 3.0}});  // the last two do not fit
    QCOMPARE(number("ratio"), 5.0);
    QCOMPARE(choiceOf(panel_->values(), "kind"), std::string("gd"));
    QCOMPARE(changed.count(), 0);
    QCOMPARE(undo_->count(), 0);
  }

  void commandsOfFormerRowsDoNothing() {
    drag("ratio", {600});
    panel_->setSpecs({realParam("ratio", "", "Another", 0.0, 1.0, 0.5, "of the same key")});
    undo_->undo();
    QCOMPARE(number("ratio"), 0.5);
    undo_->redo();
    QCOMPARE(number("ratio"), 0.5);
    panel_.reset();
    undo_->undo();  // the panel is gone as well
  }

  void rowsCanBeReplacedByAnAnswerToTheirOwnSignal() {
    connect(panel_.get(), &ParamPanel::valuesChanged, panel_.get(), [this] { panel_->setSpecs(specs()); });
    type("ratio", QStringLiteral("3"));
    qobject_cast<QComboBox*>(panel_->editorOf("kind"))->setCurrentIndex(1);
    drag("weight", {100, 200});
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(panel_->values() == completeValues(specs(), {}, "test"));
  }

  void advancedRowsAreFoldedAway() {
    QVERIFY(!panel_->editorOf("rate")->isVisible());
    QVERIFY(panel_->editorOf("ratio")->isVisible());
    panel_->findChild<QToolButton*>()->click();
    QVERIFY(panel_->editorOf("rate")->isVisible());
    panel_->setSpecs(specs());
    QVERIFY(panel_->advancedShown());  // kept over new rows
    QCOMPARE(number("rate"), 0.5);
  }

  void columnsOutOfRangeThatAreNoOthersMoveNothing() {
    panel_->show();  // a hidden layout asks for nothing
    QVERIFY(QTest::qWaitForWindowExposed(panel_.get()));
    QCoreApplication::sendPostedEvents();
    LayoutRequests requests;
    panel_->setColumns(0);
    QCoreApplication::sendPostedEvents();
    QCOMPARE(requests.count(), 0);
    panel_->setColumns(2);
    QCoreApplication::sendPostedEvents();
    QVERIFY(requests.count() > 0);
  }

  void everyControlSaysWhatItIs() {
    for (const auto& spec : specs()) {
      auto* editor = panel_->editorOf(spec.key);
      QVERIFY2(!editor->accessibleName().isEmpty(), spec.key.c_str());
      QVERIFY(editor->focusPolicy() & Qt::TabFocus);
      QVERIFY(editor->toolTip().contains(QString::fromStdString(spec.help)));
      QVERIFY(label(spec.key) != nullptr);
      if (auto* slider = panel_->sliderOf(spec.key)) QVERIFY(!slider->accessibleName().isEmpty());
    }
  }
};

QTEST_MAIN(ParamPanelTest)
#include "param_panel_test.moc"
