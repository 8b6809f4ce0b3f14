// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/help_dialogs.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QIcon>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSysInfo>
#include <QTableWidget>
#include <QThread>
#include <QVBoxLayout>

#include "core/types/version.h"
#include "ui/language/words.h"
#include "ui/window/licence_dialog.h"

namespace p2l::ui {

void showShortcutList(QWidget* parent, const QList<QAction*>& actions) {
  QList<std::pair<QString, QString>> rows;
  for (const auto* action : actions) {
    QStringList keys;
    for (const auto& shortcut : action->shortcuts()) keys << shortcut.toString(QKeySequence::NativeText);
    rows.append({action->text().remove(QLatin1Char('&')), keys.join(tr(", "))});
  }
  rows.append({{tr("Show the picture before, while held"), QStringLiteral("B")},
               {tr("Flicker, while held"), QStringLiteral("S")},
               {tr("Pan, while held"), tr("Space")},
               {tr("Brush smaller, larger"), QStringLiteral("[  ]")},
               {tr("Slider ten times as fast, as fine"), tr("Shift, Ctrl")}});

  QDialog dialog(parent);
  dialog.setWindowTitle(tr("Shortcuts"));
  dialog.resize(420, 560);
  auto* column = new QVBoxLayout(&dialog);
  auto* table = new QTableWidget(static_cast<int>(rows.size()), 2, &dialog);
  table->setAccessibleName(tr("Shortcuts"));
  table->setHorizontalHeaderLabels({tr("What"), tr("Keys")});
  table->verticalHeader()->hide();
  table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
  table->horizontalHeader()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
  table->setEditTriggers(QAbstractItemView::NoEditTriggers);
  for (int i = 0; i < rows.size(); ++i) {
    table->setItem(i, 0, new QTableWidgetItem(rows[i].first));
    table->setItem(i, 1, new QTableWidgetItem(rows[i].second));
  }
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, &dialog);
  QObject::connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
  column->addWidget(table);
  column->addWidget(buttons);
  dialog.exec();
}

void showAboutBox(QWidget* parent) {
  QMessageBox box(parent);
  box.setObjectName(QStringLiteral("about"));
  box.setWindowTitle(tr("About P2L Studio"));
  box.setIconPixmap(QApplication::windowIcon().pixmap(64));
  box.setText(
      tr("<h3>P2L Studio %1</h3>"
         "<p>Photo restoration with latent diffusion models, after H. Chung, J. C. Ye, P. Milanfar and M. Delbracio, "
         "<i>Prompt-tuning Latent Diffusion Models for Inverse Problems</i>, ICML 2024.</p>"
         "<p>Free software under the GNU General Public License, version 3 or later.</p>"
         "<p>Built with Qt %2 (LGPL-3), QCustomPlot (GPL-3), LibTorch (BSD-3), OpenCV (Apache-2), Exiv2 (GPL-2+), "
         "Little CMS (MIT), "
         "libwebp (BSD-3), LibTIFF (libtiff), libarchive (BSD-2), ICU (Unicode), JSON for Modern C++ (MIT), "
         "CLI11 (BSD-3).</p>"
         "<p>The models p2l-tiny and p2l-tiny-pixel are under CC BY-SA 4.0. "
         "The sample photo Chelsea is by Stéfan van der Walt (CC0).</p>")
          .arg(QLatin1String(version()), QString::fromLatin1(qVersion())));
  box.addButton(QMessageBox::Ok);
  const auto* licences = box.addButton(tr("Licences…"), QMessageBox::HelpRole);
  box.exec();
  if (box.clickedButton() == licences) showLicences(parent);
}

QString diagnosticsText(const ModelInfo& model, const QString& model_problem, const ResultPtr& result) {
  QStringList lines;
  lines << QStringLiteral("P2L Studio %1, Qt %2").arg(QLatin1String(version()), QString::fromLatin1(qVersion()));
  lines << QStringLiteral("%1, %2, %3 threads")
               .arg(QSysInfo::prettyProductName(), QSysInfo::currentCpuArchitecture())
               .arg(QThread::idealThreadCount());
  lines << QStringLiteral("model %1: %2, sha256 %3")
               .arg(QString::fromStdString(model.name), QString::fromStdString(model.kind),
                    QString::fromStdString(model.sha256));
  if (!model_problem.isEmpty()) lines << model_problem;
  if (result) {
    const auto& report = result->outcome.report;
    for (const auto& [part, version] : report.versions)
      lines << QStringLiteral("%1 %2").arg(QString::fromStdString(part), QString::fromStdString(version));
    lines
        << QStringLiteral("last run: %1 s, %2 MB").arg(report.seconds, 0, 'f', 1).arg(report.peak_memory_mb, 0, 'f', 0);
    lines << QString::fromStdString(jsonFromRequest(report.request));
  }
  return lines.join(QLatin1Char('\n'));
}

}  // namespace p2l::ui
