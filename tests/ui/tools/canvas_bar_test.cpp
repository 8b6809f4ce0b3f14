// SPDX-License-Identifier: GPL-3.0-or-later
// The bar over the canvas: what has no room in it is still within reach.
#include "ui/tools/canvas_bar.h"

#include <QAction>
#include <QLabel>
#include <QMenu>
#include <QToolButton>
#include <QtTest>
#include <algorithm>

#include "tests/support/german_numbers.h"
#include "ui/canvas/image_canvas.h"
#include "ui/document/run_model.h"
#include "ui/widgets/segmented.h"

using namespace p2l;

class CanvasBarTest : public QObject {
  Q_OBJECT

 private slots:
  void everySwitchIsInTheBarOrInTheMenu() {
    ui::RunModel model;
    ui::ImageCanvas canvas;
    ui::CanvasBar bar(&model, &canvas);
    QList<QAction*> actions;
    QMenu seeds;
    for (const char* text : {"Live", "Zuschneiden", "Hier erfunden"}) {
      auto* action = new QAction(QString::fromLatin1(text), &bar);
      action->setCheckable(true);
      bar.addSwitch(action, actions.size() == 2 ? &seeds : nullptr);
      actions << action;
    }
    bar.show();
    int hidden_most = 0;
    const int least = bar.modes()->sizeHint().width() + bar.before()->sizeHint().width() + 160;  // Fit, margins
    for (int width = 1400; width >= least; width = width > least ? std::max(width - 37, least) : 0) {
      bar.resize(width, ui::CanvasBar::kHeight);
      QCoreApplication::processEvents();
      auto* menu = bar.more()->menu();
      emit menu->aboutToShow();
      int hidden = 0;
      for (auto* action : actions) {
        bool in_bar = false;
        for (const auto* button : bar.findChildren<QToolButton*>()) {
          const bool whole = bar.rect().contains(QRect(button->mapTo(&bar, QPoint()), button->size()));
          in_bar = in_bar || (button->defaultAction() == action && button->isVisible() && whole);
        }
        QVERIFY2(in_bar != menu->actions().contains(action), qPrintable(QString::number(width)));
        if (!in_bar) ++hidden;
      }
      QCOMPARE(menu->actions().contains(seeds.menuAction()), menu->actions().contains(actions.last()));
      QVERIFY(bar.more()->isVisible() && bar.more()->geometry().right() <= bar.width());
      hidden_most = std::max(hidden_most, hidden);
    }
    QCOMPARE(hidden_most, int(actions.size()));
    actions.last()->trigger();
    QVERIFY(actions.last()->isChecked());
  }

  void theZoomIsWrittenAsTheLanguageDoes() {
    ui::RunModel model;
    ui::ImageCanvas canvas;
    canvas.resize(200, 200);
    canvas.show();
    QImage large(4096, 4096, QImage::Format_RGB32);
    large.fill(Qt::gray);
    canvas.setBefore(large, QStringLiteral("large"));
    const auto written = [&] {
      const ui::CanvasBar bar(&model, &canvas);
      for (const auto* label : bar.findChildren<QLabel*>()) {
        if (label->text().endsWith(QStringLiteral(" %"))) return label->text();
      }
      return QString();
    };
    const auto english = written();
    QVERIFY2(english.contains(QLatin1Char('.')), qPrintable(english));
    const test::GermanNumbers german;
    QCOMPARE(written(), QString(english).replace(QLatin1Char('.'), QLatin1Char(',')));
  }

  void onePictureAloneIsInTheMenu() {
    ui::RunModel model;
    ui::ImageCanvas canvas;
    ui::CanvasBar bar(&model, &canvas);
    using Mode = ui::ImageCanvas::CompareMode;
    const auto alone = [&](const char* text) -> QAction* {
      emit bar.more()->menu()->aboutToShow();
      for (auto* action : bar.more()->menu()->actions()) {
        if (action->text().startsWith(QLatin1String(text))) return action;
      }
      return nullptr;
    };
    for (const auto& [text, mode] : {std::pair{"Result only", Mode::AfterOnly}, {"Before only", Mode::BeforeOnly}}) {
      QVERIFY(alone(text) != nullptr && !alone(text)->isChecked());
      alone(text)->trigger();
      QCOMPARE(canvas.compareMode(), mode);
      QVERIFY(alone(text)->isChecked());
      QCOMPARE(bar.modes()->current(), -1);
    }
    bar.modes()->button(0)->click();
    QCOMPARE(canvas.compareMode(), Mode::Split);
    QVERIFY(!alone("Before only")->isChecked());
  }
};

QTEST_MAIN(CanvasBarTest)
#include "canvas_bar_test.moc"
