// SPDX-License-Identifier: GPL-3.0-or-later
// The menus of the whole program: no mnemonic twice in one of them, in either language, and every key on the sheet.
#include <QActionGroup>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTranslator>
#include <QUndoStack>
#include <QtTest>

#include "app/studio/studio.h"
#include "ui/document/run_model.h"
#include "ui/tools/made_up_menu.h"
#include "ui/window/main_actions.h"
#include "ui/window/shortcut_sheet.h"

using namespace p2l;
using ui::ShortcutSheet;

class MenusTest : public QObject {
  Q_OBJECT

 private:
  static QString mnemonicOf(const QString& text) {
    const auto sequence = QKeySequence::mnemonic(text);
    return sequence.isEmpty() ? QString() : sequence.toString();
  }
  static void checkMenu(const QList<QAction*>& actions, const QString& name, QStringList& twice) {
    QHash<QString, QString> taken;
    for (const auto* action : actions) {
      if (action->menu() != nullptr) checkMenu(action->menu()->actions(), action->text(), twice);
      const auto key = mnemonicOf(action->text());
      if (key.isEmpty()) continue;
      if (taken.contains(key))
        twice << QStringLiteral("%1 in %2: \"%3\" and \"%4\"").arg(key, name, taken.value(key), action->text());
      taken.insert(key, action->text());
    }
  }

 private slots:
  void initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("p2l-studio-test"));
    QCoreApplication::setApplicationName(QStringLiteral("p2l-studio-menus-test"));
    QSettings().clear();
  }

  void noMnemonicIsTwiceInAMenu_data() {
    QTest::addColumn<bool>("german");
    QTest::newRow("en") << false;
    QTest::newRow("de") << true;
  }
  void noMnemonicIsTwiceInAMenu() {
    QFETCH(bool, german);
    QTranslator translator;
    if (german) {
      QVERIFY(translator.load(QStringLiteral(P2L_TRANSLATION)));
      QCoreApplication::installTranslator(&translator);
    }
    app::Studio studio;
    QStringList twice;
    checkMenu(studio.window().menuBar()->actions(), QStringLiteral("the bar"), twice);
    // Those behind buttons, too.
    for (const auto* menu : studio.window().findChildren<QMenu*>()) checkMenu(menu->actions(), menu->title(), twice);
    twice.removeDuplicates();
    QVERIFY2(twice.isEmpty(), qPrintable(twice.join(QLatin1Char('\n'))));
    QCoreApplication::removeTranslator(&translator);
  }

  void everyMenuIsShortAndWhatBelongsTogetherStandsTogether() {
    app::Studio studio;
    const auto* actions = studio.window().actions();
    const auto& desk = studio.desk();
    QStringList names;
    for (const auto* menu : actions->menus()) names << menu->title().remove(QLatin1Char('&'));
    QCOMPARE(names, QStringList({"File", "Edit", "Run", "Model", "View", "Help"}));
    QCOMPARE(studio.window().menuBar()->actions().size(), names.size());  // the button has the same ones
    const auto isIn = [](const QMenu* menu, const QAction* action) {
      for (const auto* each : menu->actions()) {
        if (each == action) return true;
      }
      return false;
    };
    const auto* file = actions->menus().at(0);
    for (const auto* action : {actions->open, desk.open_project, actions->recent->menuAction(), actions->save_result,
                               desk.save_project, desk.save_project_as, actions->exports->menuAction(), actions->quit})
      QVERIFY2(isIn(file, action), qPrintable(action->text()));
    for (const auto* action : {actions->export_csv, actions->export_pdf, actions->export_sheet,
                               actions->export_animation, actions->save_embedding, desk.report})
      QVERIFY2(isIn(actions->exports, action), qPrintable(action->text()));
    for (const auto* action : {actions->paste, desk.copy_result, desk.kernel, desk.widths})
      QVERIFY2(isIn(actions->menus().at(1), action), qPrintable(action->text()));
    for (const auto* action : {desk.made_up, desk.made_up_seeds->menuAction(), desk.history, desk.show_queue})
      QVERIFY2(isIn(actions->menus().at(2), action), qPrintable(action->text()));
    // What a window may show and hide is in one place, and how before and after are held against each other in another.
    const auto menuOf = [&](const QAction* action) -> const QMenu* {
      for (const auto* menu : studio.window().findChildren<QMenu*>()) {
        if (isIn(menu, action) && menu->parent() == actions->menus().at(4)) return menu;
      }
      return nullptr;
    };
    QVERIFY(menuOf(actions->curves) != nullptr && menuOf(actions->curves) == menuOf(actions->log));
    QVERIFY(menuOf(actions->curves) == menuOf(actions->menu_bar) &&
            menuOf(actions->curves) == menuOf(actions->photo_only));
    for (const auto* group : {actions->compare, actions->before}) {
      for (const auto* action : group->actions())
        QVERIFY(menuOf(action) == menuOf(actions->compare->actions().first()));
    }
    QVERIFY(menuOf(actions->fit) != nullptr && menuOf(actions->fit) == menuOf(actions->zoom_out));
    // No more than a dozen entries at once, and never so many in a row without a line between them.
    for (const auto* menu :
         {file, static_cast<const QMenu*>(actions->menus().at(1)), static_cast<const QMenu*>(actions->menus().at(2)),
          static_cast<const QMenu*>(actions->menus().at(3)), static_cast<const QMenu*>(actions->menus().at(4)),
          static_cast<const QMenu*>(actions->exports)}) {
      int entries = 0, in_row = 0;
      for (const auto* action : menu->actions()) {
        in_row = action->isSeparator() ? 0 : in_row + 1;
        entries += action->isSeparator() ? 0 : 1;
        QVERIFY2(in_row <= 6, qPrintable(action->text()));
      }
      QVERIFY2(entries <= 12, qPrintable(menu->title()));
    }
  }

  void everyKeyIsOnTheSheet() {
    app::Studio studio;
    const auto groups = ShortcutSheet::groupsOf(*studio.window().menuBar());
    QStringList keys;
    for (const auto& group : groups) {
      QVERIFY(!group.title.isEmpty() && !group.rows.isEmpty());
      for (const auto& row : group.rows) keys << row.keys;
    }
    for (const auto* action : studio.window().QWidget::actions()) {
      for (const auto& shortcut : action->shortcuts()) {
        const auto text = shortcut.toString(QKeySequence::NativeText);
        QVERIFY2(text.isEmpty() || keys.contains(text), qPrintable(action->text() + QLatin1Char(' ') + text));
      }
    }
    for (const char* key : {"N", "Shift+N"}) QVERIFY2(keys.contains(QLatin1String(key)), key);  // of Learn and Lines
    QCOMPARE(keys.count(QStringLiteral("1 – 9")), 2);                                           // and of the tiles
    QVERIFY(keys.contains(QStringLiteral("Ctrl+J")));  // the queue's, which is not the window's own
    // Those that a widget alone knows: of the menu's button, the photo, the timeline.
    for (const QKeySequence& own : {QKeySequence(Qt::Key_F9), QKeySequence(Qt::Key_Home), QKeySequence(Qt::Key_End),
                                    QKeySequence(Qt::SHIFT | Qt::Key_Left), QKeySequence(Qt::SHIFT | Qt::Key_Right),
                                    QKeySequence(Qt::Key_PageUp), QKeySequence(Qt::Key_PageDown)}) {
      const auto text = own.toString(QKeySequence::NativeText);
      QVERIFY2(keys.contains(text), qPrintable(text));
    }
    for (const char* text : {"+", "−", "←", "→", "Space", "A"}) QVERIFY2(keys.contains(QString::fromUtf8(text)), text);
    ShortcutSheet sheet(groups, nullptr);
    sheet.show();
    QStringList shown;
    for (const auto* label : sheet.findChildren<QLabel*>()) shown << label->text();
    for (const auto& key : keys) QVERIFY2(shown.contains(key), qPrintable(key));
  }

  /// The menu says what would be undone.
  void theSheetSaysUndoAndRedoAlone() {
    app::Studio studio;
    const auto* actions = studio.window().actions();
    auto* stack = studio.window().document()->undoStack();
    for (const char* what : {"Sharpness", "Radius"}) stack->push(new QUndoCommand(QString::fromLatin1(what)));
    stack->undo();
    QVERIFY2(actions->undo->text().contains(QStringLiteral("Sharpness")), qPrintable(actions->undo->text()));
    QVERIFY2(actions->redo->text().contains(QStringLiteral("Radius")), qPrintable(actions->redo->text()));
    QStringList names;
    for (const auto& group : ShortcutSheet::groupsOf(*studio.window().menuBar())) {
      for (const auto& row : group.rows) names << row.what;
    }
    for (const char* name : {"Undo", "Redo"}) QCOMPARE(names.count(QLatin1String(name)), 1);
    QVERIFY(names.filter(QStringLiteral("Sharpness")).isEmpty() && names.filter(QStringLiteral("Radius")).isEmpty());
  }
};

QTEST_MAIN(MenusTest)
#include "menus_test.moc"
