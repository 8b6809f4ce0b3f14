// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/message_stream.h"

#include <fcntl.h>
#include <unistd.h>

#include <QString>
#include <QtGlobal>
#include <cstdio>

namespace p2l::app {
namespace {

/// Opened at the first call, and never closed.
std::FILE* copiedStream() {
  static std::FILE* const stream = [] {
    const int copy = ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    auto* opened = copy < 0 ? nullptr : ::fdopen(copy, "w");
    return opened != nullptr ? opened : stderr;
  }();
  return stream;
}

void writeMessage(QtMsgType type, const QMessageLogContext& context, const QString& text) {
  std::fprintf(copiedStream(), "%s\n", qPrintable(qFormatLogMessage(type, context, text)));
  std::fflush(copiedStream());
}

}  // namespace

void writeMessagesToCopiedStream() {
  copiedStream();  // before a picture is decoded
  qInstallMessageHandler(writeMessage);
}

}  // namespace p2l::app
