// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/licence_dialog.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFontDatabase>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QSplitter>
#include <QVBoxLayout>

#include "core/api/files.h"
#include "ui/language/words.h"
#include "ui/style/window_size.h"
#include "ui/widgets/row_list.h"

namespace p2l::ui {
namespace {

struct Licence {
  QString name;
  QString path;
};

/// "fbgemm: asmjit" of "licences/third_party/fbgemm/external/asmjit/LICENSE".
QString titleOf(const QString& path) {
  static const QRegularExpression usual(QStringLiteral("^(licen[cs]e|copying|copyright)([.-].*)?$"),
                                        QRegularExpression::CaseInsensitiveOption);
  auto parts = path.split(QLatin1Char('/'));
  if (usual.match(parts.last()).hasMatch()) parts.removeLast();
  for (const auto* place : {"licences", "libtorch", "bundled", "third_party", "3rdparty", "external", "deps"})
    parts.removeAll(QLatin1String(place));
  if (parts.isEmpty()) return QStringLiteral("LibTorch");
  return parts.size() == 1 ? parts.first() : QStringLiteral("%1: %2").arg(parts.first(), parts.last());
}

/// The program's own first, then those of libraries by their folders.
QVector<Licence> findLicences() {
  const QString resources = QString::fromStdString(resourceFolder());
  QVector<Licence> found = {{tr("P2L Studio and its parts"), resources + QStringLiteral("/copyright")}};
  // Installed, and built in a source tree.
  for (const auto* place : {"/../doc/p2l-studio", "/../.deps/libtorch"}) {
    const QDir folder(QDir::cleanPath(resources + QLatin1String(place)));
    QStringList files;
    for (const auto* part : {"libtorch", "bundled", "licences"}) {
      QDirIterator each(folder.filePath(QLatin1String(part)), QDir::Files, QDirIterator::Subdirectories);
      while (each.hasNext()) files << each.next();
    }
    files.sort();
    for (const auto& file : files) found.append({titleOf(folder.relativeFilePath(file)), file});
  }
  return found;
}

QString textOf(const QString& path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) return tr("%1 cannot be read: %2.").arg(path, file.errorString());
  return QString::fromUtf8(file.readAll());
}

}  // namespace

void showLicences(QWidget* parent) {
  QDialog dialog(parent);
  dialog.setObjectName(QStringLiteral("licences"));
  dialog.setWindowTitle(tr("Licences"));
  dialog.resize(sizeOnScreen(dialog, {900, 560}));
  const auto licences = findLicences();
  auto* list = new QListWidget;
  list->setAccessibleName(tr("Parts of the program"));
  list->setTextElideMode(Qt::ElideMiddle);
  for (const auto& licence : licences) {
    auto* item = new QListWidgetItem(licence.name, list);
    item->setToolTip(licence.name + QLatin1Char('\n') + licence.path);
  }
  padRows(list);
  auto* text = new QPlainTextEdit;
  text->setAccessibleName(tr("Text of the licence"));
  text->setReadOnly(true);
  text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
  QObject::connect(list, &QListWidget::currentRowChanged, text,
                   [text, &licences](int row) { text->setPlainText(textOf(licences[row].path)); });
  list->setCurrentRow(0);

  auto* halves = new QSplitter;
  halves->addWidget(list);
  halves->addWidget(text);
  halves->setStretchFactor(1, 1);
  halves->setSizes({250, 650});
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
  QObject::connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
  auto* column = new QVBoxLayout(&dialog);
  column->addWidget(halves);
  column->addWidget(buttons);
  dialog.exec();
}

}  // namespace p2l::ui
