// SPDX-License-Identifier: GPL-3.0-or-later
// Every dialog on the smallest screen, 640 x 480, in both languages: it fits, and every control has a name and its
// place in the order of Tab.
#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTimer>
#include <QToolButton>
#include <QTranslator>
#include <QtTest>
#include <algorithm>
#include <functional>
#include <set>

#include "core/api/measure.h"
#include "ui/base/frame_image.h"
#include "ui/base/model_store.h"
#include "ui/base/photo_opener.h"
#include "ui/compare/repeat_dialog.h"
#include "ui/document/run_model.h"
#include "ui/exports/figure_dialog.h"
#include "ui/files/dialogs.h"
#include "ui/files/history_dialog.h"
#include "ui/files/queue_dialog.h"
#include "ui/files/width_strip.h"
#include "ui/jobs/queue_model.h"
#include "ui/settings/model_manager.h"
#include "ui/settings/param_panel.h"
#include "ui/settings/preset_dialog.h"
#include "ui/style/question_box.h"
#include "ui/style/studio_style.h"
#include "ui/style/theme.h"
#include "ui/task/kernel_dialog.h"
#include "ui/window/help_dialogs.h"
#include "ui/window/licence_dialog.h"
#include "ui/window/main_window.h"
#include "ui/window/shortcut_sheet.h"

using namespace p2l;

namespace {

constexpr QSize kScreen(640, 480), kCommon(1280, 720);
constexpr int kTitleBar = 24;

/// A further one, of a common size: the first by its name is the primary one.
QScreen* commonScreen() {
  return QGuiApplication::screens().last();
}

bool isControl(const QWidget* widget) {
  return qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QComboBox*>(widget) ||
         qobject_cast<const QAbstractSpinBox*>(widget) || qobject_cast<const QAbstractSlider*>(widget) ||
         qobject_cast<const QLineEdit*>(widget) || qobject_cast<const QAbstractItemView*>(widget) ||
         qobject_cast<const QPlainTextEdit*>(widget);
}

/// Qt's own parts: of spin boxes, lists and scroll areas.
bool isPart(const QWidget* widget) {
  if (widget->inherits("QScrollBar") || widget->objectName().startsWith(QStringLiteral("qt_"))) return true;
  for (const auto* above = widget->parentWidget(); above != nullptr; above = above->parentWidget()) {
    if (above->isWindow()) return false;
    if (qobject_cast<const QAbstractItemView*>(above) || qobject_cast<const QComboBox*>(above) ||
        qobject_cast<const QAbstractSpinBox*>(above))
      return true;
  }
  return false;
}

bool isScrolled(const QWidget* widget) {
  for (const auto* above = widget->parentWidget(); above != nullptr; above = above->parentWidget()) {
    if (above->inherits("QScrollArea")) return true;
  }
  return false;
}

QString nameOf(const QWidget* widget) {
  const auto* button = qobject_cast<const QAbstractButton*>(widget);
  const auto name = widget->accessibleName().isEmpty() && button != nullptr ? button->text() : widget->accessibleName();
  return QStringLiteral("%1 %2").arg(QString::fromLatin1(widget->metaObject()->className()), name);
}

QList<QWidget*> controlsOf(const QDialog& dialog) {
  QList<QWidget*> found;
  for (auto* widget : dialog.findChildren<QWidget*>()) {
    if (widget->window() == &dialog && widget->isVisible() && isControl(widget) && !isPart(widget)) found << widget;
  }
  return found;
}

}  // namespace

class DialogsTest : public QObject {
  Q_OBJECT

 private:
  Catalogue catalogue_ = readCatalogue();
  QTemporaryDir folder_;
  QTranslator german_;
  std::unique_ptr<ui::RunModel> model_;
  std::unique_ptr<ui::QueueModel> queue_;
  std::unique_ptr<ui::ModelStore> store_;
  std::unique_ptr<ui::MainWindow> window_;

  std::unique_ptr<QDialog> make(const QString& name) {
    if (name == QLatin1String("kernel")) return std::make_unique<ui::KernelDialog>(model_.get());
    if (name == QLatin1String("widths")) return std::make_unique<ui::WidthStrip>(model_.get(), model_->sideRuns());
    if (name == QLatin1String("history")) return std::make_unique<ui::HistoryDialog>(model_.get());
    if (name == QLatin1String("queue")) return std::make_unique<ui::QueueDialog>(queue_.get(), model_.get());
    if (name == QLatin1String("models")) {
      store_ = std::make_unique<ui::ModelStore>(catalogue_);
      return std::make_unique<ui::ModelManager>(store_.get());
    }
    if (name == QLatin1String("presets")) return std::make_unique<ui::PresetDialog>(catalogue_, model_.get());
    if (name == QLatin1String("figures")) return std::make_unique<ui::FigureDialog>(catalogue_, model_.get());
    if (name == QLatin1String("repeat")) return std::make_unique<ui::RepeatDialog>(ComparisonRecipe());
    if (name == QLatin1String("shortcuts")) {
      window_ = std::make_unique<ui::MainWindow>(catalogue_);
      return std::make_unique<ui::ShortcutSheet>(ui::ShortcutSheet::groupsOf(*window_->menuBar()), nullptr);
    }
    return nullptr;
  }
  /// The dialog that `name` stands for, looked at while it is open.
  void look(const QString& name, const std::function<void(QDialog&)>& check) {
    if (const auto dialog = make(name)) {
      dialog->show();
      QTest::qWait(20);
      return check(*dialog);
    }
    auto* timer = new QTimer(qApp);  // those that are open until they are closed
    connect(timer, &QTimer::timeout, this, [timer, name, check] {
      auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget());
      if (dialog == nullptr || dialog->objectName() != name) return;
      timer->deleteLater();
      check(*dialog);
      dialog->close();
    });
    timer->start(20);
    name == QLatin1String("about") ? ui::showAboutBox(nullptr) : ui::showLicences(nullptr);
  }

  void addRows(const QStringList& left_out = {}) {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("language");
    for (const char* name : {"kernel", "widths", "history", "queue", "models", "presets", "figures", "repeat",
                             "shortcuts", "licences", "about"}) {
      if (left_out.contains(QLatin1String(name))) continue;
      for (const char* language : {"en", "de"})
        QTest::newRow(qPrintable(QStringLiteral("%1 %2").arg(QLatin1String(name), QLatin1String(language))))
            << QString::fromLatin1(name) << QString::fromLatin1(language);
    }
  }
  void speak(const QString& language) {
    if (language != QLatin1String("de")) return;
    QVERIFY(german_.load(QStringLiteral(P2L_TRANSLATION)));
    QCoreApplication::installTranslator(&german_);
  }

 private slots:
  void initTestCase() {
    QCOMPARE(QGuiApplication::primaryScreen()->size(), kScreen);
    QCOMPARE(commonScreen()->size(), kCommon);
    ui::applyTheme(*qApp, ui::Theme::Light);
  }
  void init() {
    QSettings().clear();
    model_ = std::make_unique<ui::RunModel>();
    model_->setCatalogue(&catalogue_);
    auto read = std::make_shared<Photo>();
    read->image = Image(200, 150, 3, 0.5f);
    auto opened = std::make_shared<ui::OpenedPhoto>();
    opened->label = QStringLiteral("a.png");
    opened->shown = ui::qimageFromImage(read->image);
    opened->photo = std::move(read);
    model_->setPhoto(opened);
    auto request = model_->request();
    request.mode = Mode::Restore;
    request.degradation() = {"defocus", {{"radius", 3.0}}, {}, {}, false};
    model_->changeTask(request, nullptr, 1.0);
    queue_ = std::make_unique<ui::QueueModel>(model_->sideRuns(), folder_.filePath(QStringLiteral("queue")));
    for (const char* run_name : {"Run 1", "Run 2"}) {
      ui::PastRun run;
      run.name = QString::fromLatin1(run_name);
      run.photo_label = QStringLiteral("a.png");
      run.request = request;
      model_->pastRuns().add(run);
    }
  }
  void cleanup() {
    window_.reset();
    store_.reset();
    queue_.reset();
    model_.reset();
    QCoreApplication::removeTranslator(&german_);
  }

  void fitsOnASmallScreen_data() { addRows(); }
  void fitsOnASmallScreen() {
    QFETCH(QString, name);
    QFETCH(QString, language);
    speak(language);
    bool looked = false;
    look(name, [&](QDialog& dialog) {
      looked = true;
      const auto size = QStringLiteral("%1 x %2").arg(dialog.width()).arg(dialog.height());
      QVERIFY2(dialog.width() <= kScreen.width() && dialog.height() <= kScreen.height() - kTitleBar, qPrintable(size));
      for (auto* control : controlsOf(dialog)) {
        const bool fixed = control->minimumWidth() == control->maximumWidth();
        if (!fixed && qobject_cast<QAbstractButton*>(control) != nullptr)
          QVERIFY2(control->width() >= control->minimumSizeHint().width(), qPrintable(nameOf(control)));
        const QRect place(control->mapTo(&dialog, QPoint()), control->size());
        QVERIFY2(isScrolled(control) || dialog.rect().contains(place), qPrintable(nameOf(control)));
      }
    });
    QVERIFY(looked);
  }

  void valuesAreTriedOnTilesAsLargeAsTheScreenHasRoomFor_data() {
    QTest::addColumn<QString>("task");
    QTest::addColumn<int>("rows");
    QTest::newRow("a width") << QStringLiteral("defocus") << 1;
    QTest::newRow("a length and an angle") << QStringLiteral("straight-motion-blur") << 2;
  }
  void valuesAreTriedOnTilesAsLargeAsTheScreenHasRoomFor() {
    QFETCH(QString, task);
    QFETCH(int, rows);
    auto request = model_->request();
    request.degradation() = {task.toStdString(), {}, {}, {}, false};
    model_->changeTask(request, nullptr, 1.0);
    QWidget above;
    above.setScreen(commonScreen());
    ui::WidthStrip strip(model_.get(), model_->sideRuns(), &above);
    strip.show();
    QTest::qWait(20);
    QVERIFY(strip.width() <= kCommon.width() && strip.height() <= kCommon.height() - kTitleBar);
    std::set<int> tops;
    const auto tiles = strip.findChildren<QToolButton*>();
    for (const auto* tile : tiles) {
      QVERIFY2(tile->width() >= 180, qPrintable(QString::number(tile->width())));
      const QRect place(tile->mapTo(&strip, QPoint()), tile->size());
      QVERIFY2(strip.rect().contains(place), qPrintable(tile->accessibleName()));
      tops.insert(place.top());
    }
    QCOMPARE(int(tops.size()), rows);
    // Across there is no room for more.
    const auto across = int(tiles.size()) - (rows - 1) * ui::WidthStrip::kCount;
    int ends = 0;  // the buttons beside the widths
    for (const auto* end : tiles.first()->parentWidget()->findChildren<QPushButton*>()) ends += end->width() + 12;
    QVERIFY2(across * (tiles.first()->width() + 12) + ends > 0.9 * kCommon.width() - 60,
             qPrintable(QString::number(tiles.first()->width())));
  }

  void aTileOfAWidePartIsItsPictureAndALine() {
    auto read = std::make_shared<Photo>();
    read->image = Image(128, 64, 3, 0.5f);
    auto wide = std::make_shared<ui::OpenedPhoto>();
    wide->label = QStringLiteral("wide.png");
    wide->shown = ui::qimageFromImage(read->image);
    wide->photo = std::move(read);
    model_->setPhoto(wide);
    auto request = model_->request();
    request.degradation() = {"defocus", {}, {}, {}, false};
    model_->changeTask(request, nullptr, 1.0);
    ui::WidthStrip strip(model_.get(), model_->sideRuns(), nullptr);
    strip.show();
    for (const auto* tile : strip.findChildren<QToolButton*>()) {
      const int picture = (tile->width() - 8) / 2;
      QVERIFY2(tile->height() < picture + 2 * QFontMetrics(tile->font()).height(), qPrintable(tile->accessibleName()));
    }
  }

  void theModelsOptionsAreSeenWhole_data() {
    QTest::addColumn<QString>("language");
    QTest::addColumn<QSize>("size");
    for (const char* language : {"en", "de"}) {
      QTest::addRow("1280 x 720, %s", language) << QString::fromLatin1(language) << QSize();
      QTest::addRow("960 x 600, %s", language) << QString::fromLatin1(language) << QSize(864, 540);
    }
  }
  void theModelsOptionsAreSeenWhole() {
    QFETCH(QString, language);
    QFETCH(QSize, size);
    speak(language);
    ui::ModelStore store(catalogue_);
    QWidget above;
    above.setScreen(commonScreen());
    ui::ModelManager dialog(&store, &above);
    dialog.show();
    if (!size.isEmpty()) dialog.resize(size);
    QTest::qWait(50);
    auto* scroller = dialog.findChild<QScrollArea*>();
    const auto* options = dialog.findChild<ui::ParamPanel*>();
    QVERIFY(scroller != nullptr && options != nullptr);
    int seen = 0;
    for (auto* control : controlsOf(dialog)) {
      const bool counts = size.isEmpty() ? scroller->isAncestorOf(control) : options->isAncestorOf(control);
      if (!counts) continue;
      const QRect place(control->mapTo(scroller->viewport(), QPoint()), control->size());
      QVERIFY2(scroller->viewport()->rect().contains(place), qPrintable(nameOf(control)));
      ++seen;
    }
    QVERIFY(seen >= 12);
    QTRY_COMPARE(scroller->verticalScrollBar()->maximum() > 0, !size.isEmpty());
  }

  void theDefaultButtonIsPrimary_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("words");
    QTest::newRow("kernel") << QStringLiteral("kernel") << QStringLiteral("Use this kernel");
    QTest::newRow("history") << QStringLiteral("history") << QStringLiteral("Bring back");
    QTest::newRow("queue") << QStringLiteral("queue") << QStringLiteral("Add files…");
    QTest::newRow("presets") << QStringLiteral("presets") << QStringLiteral("Save settings as…");
    QTest::newRow("repeat") << QStringLiteral("repeat") << QString();
    QTest::newRow("figures") << QStringLiteral("figures") << QString();
  }
  void theDefaultButtonIsPrimary() {
    QFETCH(QString, name);
    QFETCH(QString, words);
    look(name, [&](QDialog& dialog) {
      QList<QPushButton*> primary;
      for (auto* button : dialog.findChildren<QPushButton*>()) {
        if (ui::lookOf(button) == ui::Look::Primary) primary << button;
      }
      QCOMPARE(primary.size(), 1);
      QVERIFY(primary.first()->isDefault());
      const auto text = primary.first()->text().remove(QLatin1Char('&'));
      QVERIFY2(words.isEmpty() || text == words, qPrintable(text));
    });
  }

  void aDialogThatIsLookedAtHasAClose_data() {
    QTest::addColumn<QString>("name");
    QTest::newRow("widths") << QStringLiteral("widths");
    QTest::newRow("figures") << QStringLiteral("figures");
  }
  void aDialogThatIsLookedAtHasAClose() {
    QFETCH(QString, name);
    look(name, [&](QDialog& dialog) {
      const auto buttons = dialog.findChildren<QPushButton*>();
      const auto close = std::find_if(buttons.begin(), buttons.end(), [](QPushButton* button) {
        return button->text().remove(QLatin1Char('&')) == QStringLiteral("Close");
      });
      QVERIFY(close != buttons.end());
      (*close)->click();
      QVERIFY(!dialog.isVisible());
    });
  }

  void aLongPathInAQuestionIsElidedAndWholeInItsTip() {
    const QString name(400, QLatin1Char('a'));
    const auto loss = QStringLiteral("The result of %1.png: it is not saved.").arg(name);
    QString shown, tip, title, title_tip;
    int width = 0;
    const auto whileAsked = [&](auto ask) {  // looks at the box, and closes it
      shown.clear();
      const QObject here;
      QTimer::singleShot(0, &here, [&] {
        auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
        if (box == nullptr) return;
        for (const auto* label : box->findChildren<QLabel*>()) {
          if (!label->text().contains(QStringLiteral("not saved"))) continue;
          shown = label->text();
          tip = label->toolTip();
        }
        title = box->windowTitle();
        title_tip = box->toolTip();
        width = box->width();
        box->close();
      });
      return ask();
    };
    const auto isElided = [&] { return shown.contains(QChar(0x2026)) && shown.endsWith(QStringLiteral("not saved.")); };
    QCOMPARE(whileAsked([&] { return ui::screenDialogs().leave(nullptr, {{loss}, false}); }), ui::Leave::Stay);
    QVERIFY2(isElided() && tip.endsWith(loss), qPrintable(shown));
    QVERIFY2(width <= kScreen.width(), qPrintable(QString::number(width)));
    QVERIFY(!whileAsked([&] { return ui::askYes(nullptr, QStringLiteral("Delete"), loss); }));
    QVERIFY2(isElided() && tip == loss, qPrintable(shown));
    QVERIFY2(width <= kScreen.width(), qPrintable(QString::number(width)));
    const auto path = QStringLiteral("/home/%1.png").arg(name);
    QVERIFY(!whileAsked([&] { return ui::screenDialogs().lose(nullptr, path, {loss}); }));
    QVERIFY2(isElided() && tip == loss, qPrintable(shown));
    QVERIFY2(title.size() < 100 && title.contains(QChar(0x2026)) && title.endsWith(QStringLiteral(".png?")),
             qPrintable(title));
    QCOMPARE(title_tip, path);
    QVERIFY2(width <= kScreen.width(), qPrintable(QString::number(width)));
    whileAsked([&] { return ui::askYes(nullptr, QStringLiteral("Delete"), QStringLiteral("It is not saved.")); });
    QCOMPARE(shown, QStringLiteral("It is not saved."));
    QVERIFY(tip.isEmpty());
  }

  void anEmptyQueueHasNothingToCancelOrToClear() {
    look(QStringLiteral("queue"), [&](QDialog& dialog) {
      const auto enabled = [&](const char* text) {
        for (auto* button : dialog.findChildren<QPushButton*>()) {
          if (button->text().remove(QLatin1Char('&')) == QString::fromUtf8(text)) return button->isEnabled();
        }
        return false;
      };
      QVERIFY(enabled("Close"));
      QVERIFY(!enabled("Cancel all") && !enabled("Clear ended"));
      queue_->setPaused(true);
      queue_->add({QString::fromStdString(resourceFolder() + "/photos/skimage_coffee.png")}, model_->request(), {}, {},
                  false);
      QVERIFY(enabled("Cancel all") && !enabled("Clear ended"));
      queue_->cancelAll();
      QVERIFY(!enabled("Cancel all") && enabled("Clear ended"));
      queue_->clearEnded();
      QVERIFY(!enabled("Cancel all") && !enabled("Clear ended"));
    });
  }

  void everyControlHasAName_data() { addRows({QStringLiteral("about")}); }
  void everyControlHasAName() {
    QFETCH(QString, name);
    QFETCH(QString, language);
    speak(language);
    int count = 0;
    look(name, [&](QDialog& dialog) {
      for (auto* control : controlsOf(dialog)) {
        const auto* button = qobject_cast<QAbstractButton*>(control);
        const auto what = QStringLiteral("%1 in %2").arg(nameOf(control), name);
        QVERIFY2(!control->accessibleName().isEmpty() || (button && !button->text().isEmpty()), qPrintable(what));
        QVERIFY2(control->focusPolicy() & Qt::TabFocus || control->inherits("QLineEditIconButton"), qPrintable(what));
        ++count;
      }
    });
    QVERIFY(count > 0);
  }

  void tabGoesFromTopToBottomAndFromLeftToRight_data() { addRows({QStringLiteral("about"), QStringLiteral("repeat")}); }
  void tabGoesFromTopToBottomAndFromLeftToRight() {
    QFETCH(QString, name);
    QFETCH(QString, language);
    speak(language);
    int stops = 0;
    look(name, [&](QDialog& dialog) {
      QRect former;
      QString former_name;
      bool scrolled = false;
      for (auto* at = dialog.nextInFocusChain(); at != &dialog; at = at->nextInFocusChain()) {
        const bool stop = at->window() == &dialog && at->isVisible() && at->isEnabled() && isControl(at) &&
                          !isPart(at) && at->focusPolicy() & Qt::TabFocus && at->focusProxy() == nullptr;
        if (!stop) continue;
        const QRect place(at->mapTo(&dialog, QPoint()), at->size());
        const bool below = place.top() > former.top() + 8;
        const bool beside = std::abs(place.center().y() - former.center().y()) <= place.height() / 2 + 8 ||
                            std::abs(place.top() - former.top()) <= 8;
        const auto what = QStringLiteral("%1 after %2").arg(nameOf(at), former_name);
        const bool left_behind = scrolled && !isScrolled(at);  // what is scrolled may be anywhere
        QVERIFY2(stops == 0 || left_behind || below || (beside && place.left() > former.left()), qPrintable(what));
        former = place;
        former_name = nameOf(at);
        scrolled = isScrolled(at);
        ++stops;
      }
    });
    QVERIFY(stops > 0);
  }
};

int main(int count, char** arguments) {
  QStandardPaths::setTestModeEnabled(true);
  QTemporaryDir folder;
  QFile screen(folder.filePath(QStringLiteral("screen.json")));
  if (!screen.open(QIODevice::WriteOnly)) return 1;
  const auto entry = [](const char* name, QSize size, int left) {
    return QStringLiteral(R"({"name": "%1", "x": %2, "y": 0, "width": %3, "height": %4, "logicalDpi": 96,
      "logicalBaseDpi": 96, "dpr": 1})")
        .arg(QString::fromLatin1(name))
        .arg(left)
        .arg(size.width())
        .arg(size.height());
  };
  screen.write(QStringLiteral(R"({"windowFrameMargins": true, "screens": [%1, %2]})")
                   .arg(entry("small", kScreen, 0), entry("wide", kCommon, kScreen.width()))
                   .toUtf8());
  screen.close();
  qputenv("QT_QPA_PLATFORM", "offscreen:configfile=" + screen.fileName().toUtf8());
  QApplication application(count, arguments);
  QCoreApplication::setOrganizationName(QStringLiteral("p2l-studio-test"));
  QCoreApplication::setApplicationName(QStringLiteral("p2l-studio-dialogs-test"));
  DialogsTest test;
  QTEST_SET_MAIN_SOURCE_PATH
  return QTest::qExec(&test, count, arguments);
}

#include "dialogs_test.moc"
