// SPDX-License-Identifier: GPL-3.0-or-later
// Writes the text of the clipboard, for scripts that drive the studio under Xvfb.
#include <QClipboard>
#include <QGuiApplication>
#include <QTextStream>

int main(int argc, char** argv) {
  const QGuiApplication app(argc, argv);
  QTextStream(stdout) << QGuiApplication::clipboard()->text();
}
