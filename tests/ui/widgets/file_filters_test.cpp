// SPDX-License-Identifier: GPL-3.0-or-later
// A name to save under has its ending before a person is asked whether a file may be overwritten.
#include "ui/widgets/file_filters.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QScopeGuard>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTimer>
#include <QtTest>

using p2l::ui::askSaveName;
using p2l::ui::lastFolder;
using p2l::ui::rememberSaved;

class FileFiltersTest : public QObject {
  Q_OBJECT

 private:
  static constexpr int kSoonMs = 20;

  QTemporaryDir folder_;
  QString question_;

  /// Types a name into the dialog that opens, and answers Yes to a question.
  QString saveAs(const QString& name, const QString& filter) {
    question_.clear();
    QTimer answers;
    connect(&answers, &QTimer::timeout, this, [this] {
      auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
      if (box == nullptr) return;
      question_ = box->text();
      box->button(QMessageBox::Yes)->click();
    });
    answers.start(kSoonMs);
    QTimer::singleShot(0, this, [this, name] {
      auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
      QVERIFY(dialog != nullptr);
      dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->setText(folder_.filePath(name));
      static_cast<QDialog*>(dialog)->accept();
      if (dialog->isVisible()) dialog->reject();  // it would wait for ever
    });
    return askSaveName(nullptr, QStringLiteral("Save"), folder_.filePath(QStringLiteral("proposal")), filter);
  }

  /// Accepts the dialog for a bare name as it opens: where its folder was chosen by the program alone.
  static QString saveAsProposed(const QString& proposal) {
    QTimer::singleShot(0, qApp, [] {
      auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
      QVERIFY(dialog != nullptr);
      static_cast<QDialog*>(dialog)->accept();
      if (dialog->isVisible()) dialog->reject();
    });
    return askSaveName(nullptr, QStringLiteral("Save"), proposal, QStringLiteral("HTML (*.html)"));
  }

 private slots:
  void initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    QFile there(folder_.filePath(QStringLiteral("a.png")));
    QVERIFY(there.open(QIODevice::WriteOnly));
  }

  void theEndingIsThereBeforeTheQuestion() {
    QCOMPARE(saveAs(QStringLiteral("a"), QStringLiteral("PNG (*.png)")), folder_.filePath(QStringLiteral("a.png")));
    QVERIFY2(question_.contains(QStringLiteral("a.png")), qPrintable(question_));
    QCOMPARE(saveAs(QStringLiteral("b"), QStringLiteral("PNG (*.png)")), folder_.filePath(QStringLiteral("b.png")));
    QVERIFY2(question_.isEmpty(), qPrintable(question_));
  }

  void anEndingThatIsTypedStays() {
    QCOMPARE(saveAs(QStringLiteral("c.txt"), QStringLiteral("PNG (*.png)")), folder_.filePath(QStringLiteral("c.txt")));
  }

  void aNameWithoutAFolderGoesWhereWasSavedLastElseToThePhoto() {
    const auto name = QStringLiteral("comparison.html");
    QTemporaryDir photos, results;
    QSettings settings;
    settings.remove(QStringLiteral("save_folder"));
    settings.setValue(QStringLiteral("folder"), photos.path());
    QCOMPARE(saveAsProposed(name), photos.filePath(name));
    QVERIFY(!settings.contains(QStringLiteral("save_folder")));  // nothing is written yet, and it may fail
    rememberSaved(results.filePath(name));
    QCOMPARE(settings.value(QStringLiteral("save_folder")).toString(), results.path());
    QCOMPARE(saveAsProposed(name), results.filePath(name));
    results.remove();  // a stick that was pulled out
    QCOMPARE(saveAsProposed(name), photos.filePath(name));
    settings.remove(QStringLiteral("folder"));
    settings.remove(QStringLiteral("save_folder"));
    const auto documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    QVERIFY(QDir().mkpath(documents));
    QCOMPARE(saveAsProposed(name), QDir(documents).filePath(name));
  }

  void aHomeWithoutDocumentsIsProposedItself() {
    const auto former = qgetenv("HOME");
    const auto back = qScopeGuard([&] { qputenv("HOME", former); });
    const QTemporaryDir home;
    QSettings settings;
    settings.remove(QStringLiteral("folder"));
    settings.remove(QStringLiteral("save_folder"));
    qputenv("HOME", home.path().toLocal8Bit());
    const auto documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    QVERIFY2(documents.startsWith(home.path()) && !QDir(documents).exists(), qPrintable(documents));
    QCOMPARE(lastFolder(), home.path());
    QVERIFY(QDir().mkpath(documents));
    QCOMPARE(lastFolder(), documents);
  }
};

QTEST_MAIN(FileFiltersTest)
#include "file_filters_test.moc"
