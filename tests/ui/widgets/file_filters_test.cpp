// SPDX-License-Identifier: GPL-3.0-or-later
// A name to save under has its ending before a person is asked whether a file may be overwritten.
#include "ui/widgets/file_filters.h"

#include <QApplication>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTimer>
#include <QtTest>

using p2l::ui::askSaveName;

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
};

QTEST_MAIN(FileFiltersTest)
#include "file_filters_test.moc"
