// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSlider>
#include <QSpinBox>
#include <QStyle>
#include <QStyleOptionSlider>
#include <QTabBar>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <cstdlib>
#include <memory>
#include <utility>

#include "ui/style/studio_style.h"
#include "ui/widgets/row_list.h"

using namespace p2l::ui;

class ThemeTest : public QObject {
  Q_OBJECT

 private slots:
  void textIsReadable_data() {
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
  }
  void textIsReadable() {
    QFETCH(bool, dark);
    const QPalette palette = themePalette(dark ? Theme::Dark : Theme::Light);
    QCOMPARE(isDark(palette), dark);
    const auto check = [&](QPalette::ColorGroup group, QPalette::ColorRole text, QPalette::ColorRole ground,
                           double least) {
      const double ratio = contrastRatio(palette.color(group, text), palette.color(group, ground));
      QVERIFY2(ratio >= least, qPrintable(QString("%1 on %2: %3").arg(int(text)).arg(int(ground)).arg(ratio)));
    };
    for (const auto group : {QPalette::Active, QPalette::Inactive}) {
      check(group, QPalette::WindowText, QPalette::Window, 7);
      check(group, QPalette::Text, QPalette::Base, 7);
      check(group, QPalette::Text, QPalette::AlternateBase, 7);
      check(group, QPalette::ButtonText, QPalette::Button, 7);
      check(group, QPalette::HighlightedText, QPalette::Highlight, 4.5);
      check(group, QPalette::Link, QPalette::Base, 4.5);
      check(group, QPalette::Link, QPalette::Window, 4.5);
      check(group, QPalette::LinkVisited, QPalette::Base, 4.5);
      check(group, QPalette::PlaceholderText, QPalette::Base, 4.5);
      check(group, QPalette::PlaceholderText, QPalette::Window, 4.5);
      check(group, QPalette::ToolTipText, QPalette::ToolTipBase, 7);
    }
    const auto& colours = studioColours(palette);
    const QColor grounds[] = {colours.panel, palette.color(QPalette::Window)};
    for (const auto& ground : grounds) {
      for (const auto& ink : {palette.color(QPalette::WindowText), palette.color(QPalette::PlaceholderText),
                              palette.color(QPalette::Link), colours.warning}) {
        QVERIFY2(contrastRatio(ink, ground) >= 4.5, qPrintable(ink.name() + " on " + ground.name()));
      }
      QVERIFY2(contrastRatio(colours.accent, ground) >= 3, "outlines and sliders");
      QVERIFY2(contrastRatio(palette.color(QPalette::Disabled, QPalette::WindowText), ground) >= 3, "disabled");
    }
    check(QPalette::Active, QPalette::PlaceholderText, QPalette::Button, 4.5);
    check(QPalette::Disabled, QPalette::WindowText, QPalette::Window, 3);
    check(QPalette::Disabled, QPalette::Text, QPalette::Base, 3);
    check(QPalette::Disabled, QPalette::ButtonText, QPalette::Button, 3);
  }

  void contrastRatioOfBlackAndWhiteIs21() {
    QVERIFY(qAbs(contrastRatio(Qt::black, Qt::white) - 21) < 1e-3);
    QCOMPARE(contrastRatio(Qt::red, Qt::red), 1.0);
  }

  void ticksAndDotsCanBeToldFromTheirGround() {
    for (const auto theme : {Theme::Light, Theme::Dark}) {
      applyTheme(*qApp, theme);
      for (const bool radio : {true, false}) {
        std::unique_ptr<QAbstractButton> button;
        if (radio) {
          button = std::make_unique<QRadioButton>();
        } else {
          button = std::make_unique<QCheckBox>();
        }
        button->setAutoExclusive(false);
        for (const bool on : {false, true}) {
          button->setChecked(on);
          const auto image = button->grab().toImage();
          // Along the middle row: the outline against what is outside it; inside, a mark against its ground.
          const QColor outside = button->palette().color(QPalette::Window);
          double outline = 1.0, mark = 1.0;
          const int size = button->style()->pixelMetric(QStyle::PM_IndicatorWidth);
          const QColor ground = button->palette().color(on ? QPalette::Highlight : QPalette::Base);
          for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < qMin(image.width(), size + 4); ++x) {
              outline = std::max(outline, contrastRatio(image.pixelColor(x, y), outside));
              mark = std::max(mark, contrastRatio(image.pixelColor(x, y), ground));
            }
          }
          const auto what = QStringLiteral("%1 %2 %3: %4 %5").arg(int(theme)).arg(radio).arg(on).arg(outline).arg(mark);
          QVERIFY2(outline >= 3, qPrintable(what));
          if (on) QVERIFY2(mark >= 3, qPrintable(what));
        }
      }
    }
  }

  void sliderHandlesCanBeToldFromTheirGround() {
    for (const auto theme : {Theme::Light, Theme::Dark}) {
      applyTheme(*qApp, theme);
      QSlider slider(Qt::Horizontal);
      slider.resize(100, 20);
      slider.setRange(0, 10);
      const auto handleContrast = [&](int value) {
        slider.setValue(value);
        QStyleOptionSlider option;
        option.initFrom(&slider);
        option.minimum = 0;
        option.maximum = 10;
        option.sliderPosition = option.sliderValue = value;
        const auto handle =
            slider.style()->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, &slider);
        const auto image = slider.grab().toImage();
        double contrast = 1.0;
        for (int y = handle.top() + 4; y < handle.bottom(); ++y)
          contrast = std::max(contrast, contrastRatio(image.pixelColor(handle.center().x(), y),
                                                      slider.palette().color(QPalette::Window)));
        return contrast;
      };
      QVERIFY2(handleContrast(0) >= 3, qPrintable(QString::number(handleContrast(0))));
      QVERIFY2(handleContrast(7) >= 3, qPrintable(QString::number(handleContrast(7))));
    }
  }

  void everyControlShowsTheFocusOfTheKeyboard() {
    for (const auto theme : {Theme::Light, Theme::Dark}) {
      applyTheme(*qApp, theme);
      QWidget window;
      auto* column = new QVBoxLayout(&window);
      auto* tab_bar = new QTabBar;
      tab_bar->addTab(QStringLiteral("one"));
      auto* tool = new QToolButton;
      auto* segment = new QToolButton;
      setLook(segment, Look::Segment);
      auto* tile = new QToolButton;
      setLook(tile, Look::Tile);
      for (auto* button : {tool, segment, tile}) {
        button->setText(QStringLiteral("text"));
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setFocusPolicy(Qt::StrongFocus);
      }
      const QList<QWidget*> controls = {new QPushButton(QStringLiteral("text")),
                                        tool,
                                        segment,
                                        tile,
                                        new QComboBox,
                                        new QLineEdit,
                                        new QSpinBox,
                                        new QCheckBox(QStringLiteral("text")),
                                        new QRadioButton(QStringLiteral("text")),
                                        new QSlider(Qt::Horizontal),
                                        tab_bar};
      auto* other = new QPushButton(QStringLiteral("other"));
      for (auto* control : controls) column->addWidget(control);
      column->addWidget(other);
      window.resize(260, 500);
      window.show();
      window.activateWindow();
      QVERIFY(QTest::qWaitForWindowActive(&window));
      window.setAttribute(Qt::WA_KeyboardFocusChange);
      const auto accent = studioColours(window.palette()).accent;
      const auto inkOf = [&](QWidget* control) {
        const auto image = control->grab().toImage();
        int count = 0;
        for (int y = 0; y < image.height(); ++y) {
          for (int x = 0; x < image.width(); ++x) count += image.pixelColor(x, y) == accent;
        }
        return count;
      };
      for (auto* control : controls) {
        other->setFocus();
        const int without = inkOf(control);
        control->setFocus();
        QVERIFY(control->hasFocus());
        // Two pixels wide along its sides, or around its handle.
        QVERIFY2(inkOf(control) - without >= 24, control->metaObject()->className());
      }
    }
  }

  void theRingOfTheFocusIsTwoPixelsWide() {
    for (const auto theme : {Theme::Light, Theme::Dark}) {
      applyTheme(*qApp, theme);
      QWidget window;
      auto* column = new QVBoxLayout(&window);
      auto* tab_bar = new QTabBar;
      tab_bar->addTab(QStringLiteral("one"));
      auto* tool = new QToolButton;
      tool->setText(QStringLiteral("text"));
      tool->setFocusPolicy(Qt::StrongFocus);
      auto* list = new QListWidget;
      auto* rows = new RowList;
      for (QListWidget* each : {list, static_cast<QListWidget*>(rows)}) {
        each->addItems({QStringLiteral("one"), QStringLiteral("two")});
        each->setSelectionMode(QAbstractItemView::NoSelection);  // the ring alone
        each->setCurrentRow(0);
      }
      rows->fitHeight();
      auto* other = new QPushButton(QStringLiteral("other"));
      const QList<QWidget*> controls = {new QPushButton(QStringLiteral("text")),
                                        tool,
                                        new QComboBox,
                                        new QLineEdit,
                                        new QSpinBox,
                                        new QCheckBox(QStringLiteral("text")),
                                        new QRadioButton(QStringLiteral("text")),
                                        tab_bar,
                                        list,
                                        rows};
      for (auto* control : controls) column->addWidget(control);
      column->addWidget(other);
      window.resize(260, 600);
      window.show();
      window.activateWindow();
      QVERIFY(QTest::qWaitForWindowActive(&window));
      window.setAttribute(Qt::WA_KeyboardFocusChange);
      for (auto* control : controls) {
        other->setFocus();
        const auto without = control->grab().toImage();
        control->setFocus();
        QVERIFY(control->hasFocus());
        const auto with = control->grab().toImage();
        QRect changed;
        for (int y = 0; y < with.height(); ++y) {
          for (int x = 0; x < with.width(); ++x) {
            if (with.pixel(x, y) != without.pixel(x, y)) changed |= QRect(x, y, 1, 1);
          }
        }
        QVERIFY2(!changed.isEmpty(), control->metaObject()->className());
        const auto ink =
            control == rows ? window.palette().color(QPalette::Highlight) : studioColours(window.palette()).accent;
        const auto widthOf = [&](QPoint from, QPoint way) {
          int width = 0;
          for (QPoint at = from; with.rect().contains(at); at += way, ++width) {
            const auto colour = with.pixelColor(at);
            if (std::abs(colour.red() - ink.red()) + std::abs(colour.green() - ink.green()) +
                    std::abs(colour.blue() - ink.blue()) >
                30)
              break;
          }
          return width;
        };
        const auto middle = changed.center();
        const auto what =
            QStringLiteral("%1 %2").arg(QLatin1String(control->metaObject()->className())).arg(int(theme));
        QVERIFY2(widthOf({changed.left(), middle.y()}, {1, 0}) == 2, qPrintable(what));
        QVERIFY2(widthOf({changed.right(), middle.y()}, {-1, 0}) == 2, qPrintable(what));
        QVERIFY2(widthOf({middle.x(), changed.top()}, {0, 1}) == 2, qPrintable(what));
        QVERIFY2(widthOf({middle.x(), changed.bottom()}, {0, -1}) == 2, qPrintable(what));
      }
    }
  }

  void theWheelNeedsTheFocusAndDoesNotTakeIt() {
    applyTheme(*qApp, Theme::Light);
    QScrollArea window;
    window.setWidgetResizable(true);
    auto* panel = new QWidget;
    auto* column = new QVBoxLayout(panel);
    auto* combo = new QComboBox;
    combo->addItems({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
    combo->setCurrentIndex(1);
    auto* editable = new QComboBox;
    editable->setEditable(true);
    editable->addItems({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
    editable->setCurrentIndex(1);
    auto* spin = new QSpinBox;
    spin->setValue(5);
    auto* slider = new QSlider(Qt::Horizontal);
    slider->setValue(50);
    for (auto* widget : {static_cast<QWidget*>(combo), static_cast<QWidget*>(editable), static_cast<QWidget*>(spin),
                         static_cast<QWidget*>(slider)})
      column->addWidget(widget);
    panel->setMinimumHeight(2000);
    window.setWidget(panel);
    window.resize(200, 200);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    window.setFocus();
    const auto turn = [](QWidget* widget) {
      QWheelEvent wheel(QPointF(5, 5), widget->mapToGlobal(QPointF(5, 5)), {}, {0, -120}, Qt::NoButton, Qt::NoModifier,
                        Qt::NoScrollPhase, false);
      QSpontaneKeyEvent::setSpontaneous(&wheel);  // only a mouse's own goes on to the widgets below
      qApp->notify(widget, &wheel);
    };
    const auto values = [&] {
      return QList<int>{combo->currentIndex(), editable->currentIndex(), spin->value(), slider->value()};
    };
    const auto before = values();
    int scrolled = 0;
    for (auto* widget :
         {static_cast<QWidget*>(combo), static_cast<QWidget*>(editable), static_cast<QWidget*>(editable->lineEdit()),
          static_cast<QWidget*>(spin), static_cast<QWidget*>(slider)}) {
      turn(widget);
      QCOMPARE(values(), before);
      QVERIFY(window.hasFocus());
      QVERIFY(window.verticalScrollBar()->value() > std::exchange(scrolled, window.verticalScrollBar()->value()));
      if (widget != editable->lineEdit()) QVERIFY((widget->focusPolicy() & Qt::WheelFocus) != Qt::WheelFocus);
    }
    for (auto* widget : {static_cast<QWidget*>(combo), static_cast<QWidget*>(editable), static_cast<QWidget*>(spin),
                         static_cast<QWidget*>(slider)}) {
      const auto former = values();
      widget->setFocus();
      turn(widget);
      QVERIFY(values() != former);
    }
  }

  void themesCanBeExchangedAtAnyTime() {
    applyTheme(*qApp, Theme::Dark);
    QVERIFY(qobject_cast<StudioStyle*>(qApp->style()));
    QVERIFY(isDark(qApp->palette()));
    applyTheme(*qApp, Theme::Light);
    QVERIFY(!isDark(qApp->palette()));
    applyTheme(*qApp, Theme::Dark);
    applyTheme(*qApp, Theme::System);  // the desktop's own colours, not the theme before
    QVERIFY(!isDark(qApp->palette()));
  }
};

QTEST_MAIN(ThemeTest)
#include "theme_test.moc"
