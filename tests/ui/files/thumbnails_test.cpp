// SPDX-License-Identifier: GPL-3.0-or-later
// Small pictures of files, read away from the GUI thread, and the rows of the queue that have them.
#include "ui/files/thumbnails.h"

#include <sys/stat.h>

#include <QImageWriter>
#include <QListWidget>
#include <QPainter>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QThread>
#include <QtTest>

#include "core/api/files.h"
#include "ui/document/run_model.h"
#include "ui/files/queue_dialog.h"
#include "ui/jobs/queue_model.h"

using namespace p2l;
using ui::Thumbnails;

class ThumbnailsTest : public QObject {
  Q_OBJECT

 private:
  static constexpr int kPatience = 60000, kSide = 40;

  std::unique_ptr<QTemporaryDir> folder_;

  QString at(const QString& name) const { return folder_->filePath(name); }
  QString write(const QString& name, const QColor& left, const QColor& right, QSize size = {200, 100},
                QImageIOHandler::Transformations turned = QImageIOHandler::TransformationNone) const {
    QImage image(size, QImage::Format_RGB32);
    image.fill(left);
    QPainter(&image).fillRect(size.width() / 2, 0, size.width() / 2, size.height(), right);
    QImageWriter writer(at(name));
    writer.setTransformation(turned);
    return writer.write(image) ? at(name) : QString();
  }
  /// As it is painted in a row.
  static QImage painted(const QIcon& icon) { return icon.pixmap(QSize(kSide, kSide), 1.0).toImage(); }
  static bool isNear(const QColor& colour, const QColor& expected) {
    return std::abs(colour.red() - expected.red()) < 12 && std::abs(colour.green() - expected.green()) < 12 &&
           std::abs(colour.blue() - expected.blue()) < 12 && colour.alpha() > 240;
  }
  static bool isEmpty(const QIcon& icon) {
    const auto image = painted(icon);
    for (int y = 0; y < image.height(); ++y) {
      for (int x = 0; x < image.width(); ++x) {
        if (qAlpha(image.pixel(x, y)) > 0) return false;
      }
    }
    return image.size() == QSize(kSide, kSide);
  }
  static QIcon iconOf(const QListWidget* list, int row) { return list->item(row)->icon(); }

 private slots:
  void initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("p2l-studio-test"));
    QCoreApplication::setApplicationName(QStringLiteral("p2l-studio-thumbnails-test"));
    QSettings().clear();
  }
  void init() { folder_ = std::make_unique<QTemporaryDir>(); }

  void aPictureComesInItsTime() {
    const auto path = write(QStringLiteral("a.png"), Qt::red, Qt::blue);
    Thumbnails thumbnails(kSide);
    QSignalSpy ready(&thumbnails, &Thumbnails::ready);
    QVERIFY(isEmpty(thumbnails.of(path)));
    QThread::msleep(200);  // it may be read by now, and is not taken here before the event loop has time
    QVERIFY(isEmpty(thumbnails.of(path)));
    QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, kPatience);
    QCOMPARE(ready.first().first().toString(), path);
    const auto image = painted(thumbnails.of(path));
    QCOMPARE(image.size(), QSize(kSide, kSide));
    QVERIFY(isNear(image.pixelColor(8, 20), Qt::red) && isNear(image.pixelColor(32, 20), Qt::blue));
    QCOMPARE(image.pixelColor(20, 3).alpha(), 0);  // 40 x 20 in the middle of the square
    QTest::qWait(50);
    QCOMPARE(ready.count(), 1);  // once
  }

  void aPhotoThatLiesOnItsSideIsTurned() {
    const auto path =
        write(QStringLiteral("turned.jpg"), Qt::red, Qt::blue, {600, 300}, QImageIOHandler::TransformationRotate90);
    QVERIFY(!path.isEmpty());
    Thumbnails thumbnails(kSide);
    thumbnails.of(path);
    QTRY_VERIFY_WITH_TIMEOUT(!isEmpty(thumbnails.of(path)), kPatience);
    const auto image = painted(thumbnails.of(path));
    QVERIFY(isNear(image.pixelColor(20, 8), Qt::red) && isNear(image.pixelColor(20, 32), Qt::blue));
    QCOMPARE(image.pixelColor(3, 20).alpha(), 0);
  }

  void aFileThatIsNoPictureKeepsNoOtherFromBeingRead() {
    QFile text(at(QStringLiteral("text.png")));
    QVERIFY(text.open(QIODevice::WriteOnly) && text.write("no picture") > 0);
    text.close();
    const auto wide = QStringLiteral(P2L_TEST_FIELD "/float255.tif");  // which Qt alone may not read
    const auto last = write(QStringLiteral("last.png"), Qt::green, Qt::green);
    Thumbnails thumbnails(kSide);
    QSignalSpy ready(&thumbnails, &Thumbnails::ready);
    for (const auto& path : {text.fileName(), at(QStringLiteral("missing.png")), wide, last}) thumbnails.of(path);
    QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 2, kPatience);
    QVERIFY(!isEmpty(thumbnails.of(wide)) && !isEmpty(thumbnails.of(last)));
    QVERIFY(isEmpty(thumbnails.of(text.fileName())));
    QTest::qWait(50);
    QCOMPARE(ready.count(), 2);  // what cannot be read is not tried again
  }

  void aPipeIsNotWaitedFor() {
    const auto pipe = at(QStringLiteral("pipe.png"));
    QCOMPARE(::mkfifo(pipe.toLocal8Bit().constData(), 0600), 0);
    const auto last = write(QStringLiteral("last.png"), Qt::green, Qt::green);
    Thumbnails thumbnails(kSide);
    thumbnails.of(pipe);
    thumbnails.of(last);
    const bool read = QTest::qWaitFor([&] { return !isEmpty(thumbnails.of(last)); }, kPatience);
    if (!read) QFile(pipe).open(QIODevice::ReadWrite | QIODevice::Unbuffered);  // so that the test ends
    QVERIFY(read);
    QVERIFY(isEmpty(thumbnails.of(pipe)));
  }

  void rowsOfTheQueueHaveThemAlsoAfterARestart() {
    const auto red = write(QStringLiteral("1-red.png"), Qt::red, Qt::red),
               blue = write(QStringLiteral("2-blue.png"), Qt::blue, Qt::blue);
    const auto data = at(QStringLiteral("data"));
    for (const bool restarted : {false, true}) {
      ui::RunModel document;
      ui::QueueModel queue(document.sideRuns(), data);
      if (!restarted) {
        queue.setPaused(true);
        RestoreRequest request;
        request.mode = Mode::Restore;
        queue.add({red, blue}, request, {}, {}, true);
      }
      QCOMPARE(queue.jobs().size(), std::size_t{2});
      QVERIFY(queue.isPaused());
      ui::QueueDialog dialog(&queue, &document);
      dialog.show();
      auto* list = dialog.findChild<QListWidget*>();
      QCOMPARE(list->count(), 2);
      const auto place = list->visualItemRect(list->item(1));
      QVERIFY(isEmpty(iconOf(list, 0)));
      QTRY_VERIFY_WITH_TIMEOUT(!isEmpty(iconOf(list, 0)) && !isEmpty(iconOf(list, 1)), kPatience);
      QVERIFY(isNear(painted(iconOf(list, 0)).pixelColor(20, 20), Qt::red));
      QVERIFY(isNear(painted(iconOf(list, 1)).pixelColor(20, 20), Qt::blue));
      QCOMPARE(list->visualItemRect(list->item(1)), place);  // nothing has moved
      if (restarted) continue;
      queue.move(queue.jobs().back().id, -1);  // the rows are made anew: what was read is there
      QVERIFY(isNear(painted(iconOf(list, 0)).pixelColor(20, 20), Qt::blue));
      queue.move(queue.jobs().back().id, -1);
    }
  }

  void ofALongQueueWhatIsSeenIsRead() {
    QStringList paths;
    for (int i = 0; i < 60; ++i)
      paths << write(QStringLiteral("%1.png").arg(i, 2, 10, QLatin1Char('0')), Qt::red, Qt::red);
    ui::RunModel document;
    ui::QueueModel queue(document.sideRuns(), at(QStringLiteral("data")));
    queue.setPaused(true);
    RestoreRequest request;
    request.mode = Mode::Restore;
    queue.add(paths, request, {}, {}, true);
    ui::QueueDialog dialog(&queue, &document);
    dialog.resize(600, 420);
    dialog.show();
    auto* list = dialog.findChild<QListWidget*>();
    QTRY_VERIFY_WITH_TIMEOUT(!isEmpty(iconOf(list, 2)), kPatience);
    QTest::qWait(300);
    QVERIFY(isEmpty(iconOf(list, 59)));
    list->scrollToBottom();
    QTRY_VERIFY_WITH_TIMEOUT(!isEmpty(iconOf(list, 59)), kPatience);
    QVERIFY(isEmpty(iconOf(list, 30)));
  }
};

QTEST_MAIN(ThumbnailsTest)
#include "thumbnails_test.moc"
