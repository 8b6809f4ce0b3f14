// SPDX-License-Identifier: GPL-3.0-or-later
// Messages of the studio while the standard error stream is closed, as it is whenever a picture is decoded.
#include "app/studio/message_stream.h"

#include <fcntl.h>
#include <unistd.h>

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

class MessageStreamTest : public QObject {
  Q_OBJECT

 private slots:
  void noMessageIsLostWhileTheStreamIsClosed() {
    const QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("stderr.txt"));
    const int before = ::dup(STDERR_FILENO), nowhere = ::open("/dev/null", O_WRONLY),
              file = ::open(qPrintable(path), O_WRONLY | O_CREAT | O_APPEND, 0600);
    QVERIFY(before >= 0 && nowhere >= 0 && file >= 0);
    const auto handler = qInstallMessageHandler(nullptr);
    ::dup2(file, STDERR_FILENO);
    p2l::app::writeMessagesToCopiedStream();
    ::dup2(nowhere, STDERR_FILENO);
    qWarning("the first, while it is closed");
    ::dup2(file, STDERR_FILENO);
    qWarning("the second, after it");
    ::dup2(before, STDERR_FILENO);
    qInstallMessageHandler(handler);
    for (const int each : {before, nowhere, file}) ::close(each);

    QFile written(path);
    QVERIFY(written.open(QIODevice::ReadOnly));
    const auto lines = written.readAll();
    QVERIFY2(lines.contains("the first, while it is closed\n"), lines.constData());
    QVERIFY2(lines.contains("the second, after it\n"), lines.constData());
  }
};

QTEST_GUILESS_MAIN(MessageStreamTest)
#include "message_stream_test.moc"
