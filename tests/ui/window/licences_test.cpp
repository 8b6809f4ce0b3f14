// SPDX-License-Identifier: GPL-3.0-or-later
// About says what is inside of the program, and shows the licence of each part.
#include <QAbstractButton>
#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QListWidget>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QTimer>
#include <QtTest>

#include "ui/window/help_dialogs.h"
#include "ui/window/licence_dialog.h"

using namespace p2l;

namespace {

/// Calls `look` with the dialog of that name once it is open, and closes it.
template <typename Look>
void whenOpen(const char* name, Look look) {
  auto* timer = new QTimer(qApp);
  QObject::connect(timer, &QTimer::timeout, qApp, [timer, name, look] {
    auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget());
    if (dialog == nullptr || dialog->objectName() != QLatin1String(name)) return;
    timer->deleteLater();
    look(*dialog);
    if (dialog->isVisible()) dialog->close();
  });
  timer->start(20);
}

}  // namespace

class LicencesTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() { qputenv("P2L_RESOURCES", P2L_TEST_RESOURCES); }

  void everyPartHasItsText() {
    QStringList names, texts;
    whenOpen("licences", [&](QDialog& dialog) {
      auto* list = dialog.findChild<QListWidget*>();
      auto* text = dialog.findChild<QPlainTextEdit*>();
      for (int i = 0; i < list->count(); ++i) {
        list->setCurrentRow(i);
        names << list->item(i)->text();
        texts << text->toPlainText();
      }
    });
    ui::showLicences(nullptr);
    QVERIFY(!names.isEmpty());
    for (int i = 0; i < names.size(); ++i) {
      QVERIFY2(texts[i].size() > 100, qPrintable(names[i]));
      QVERIFY2(!names[i].contains(QLatin1Char('/')), qPrintable(names[i]));  // a part's name, not a path
    }
    // What is inside of the package, or linked into the programs.
    for (const char* part : {"libtorch_cpu.so", "libgomp", "CLI11", "JSON for Modern C++", "models/", "photos/",
                             "QCustomPlot", "Exiv2", "libarchive", "LibTIFF", "Little CMS", "libwebp", "ICU", "OpenCV"})
      QVERIFY2(texts[0].contains(QLatin1String(part)), part);
  }

  void rowsHaveAirAndSayWhatIsCut() {
    whenOpen("licences", [&](QDialog& dialog) {
      auto* list = dialog.findChild<QListWidget*>();
      for (int i = 0; i < list->count(); ++i) {
        const auto* item = list->item(i);
        const auto place = list->visualItemRect(item);
        QVERIFY2(place.height() >= list->fontMetrics().height() + 12, qPrintable(item->text()));
        QVERIFY2(place.width() <= list->viewport()->width(), qPrintable(item->text()));  // no bar to scroll by
        QVERIFY(item->toolTip().startsWith(item->text() + QLatin1Char('\n')));
      }
    });
    ui::showLicences(nullptr);
  }

  void escapeClosesAbout() {
    bool closed = false;
    whenOpen("about", [&](QDialog& dialog) {
      QTest::keyClick(&dialog, Qt::Key_Escape);
      closed = !dialog.isVisible();
      if (closed) return;
      for (auto* button : static_cast<QMessageBox&>(dialog).buttons()) {  // or the test would wait for ever
        if (!button->text().startsWith(QLatin1String("Licences"))) button->click();
      }
    });
    ui::showAboutBox(nullptr);
    QVERIFY(closed);
  }

  void aboutLeadsThere() {
    bool shown = false;
    whenOpen("about", [](QDialog& dialog) {
      for (auto* button : static_cast<QMessageBox&>(dialog).buttons())
        if (button->text().startsWith(QLatin1String("Licences"))) button->click();
    });
    whenOpen("licences", [&](QDialog&) { shown = true; });
    ui::showAboutBox(nullptr);
    QVERIFY(shown);
  }
};

QTEST_MAIN(LicencesTest)
#include "licences_test.moc"
