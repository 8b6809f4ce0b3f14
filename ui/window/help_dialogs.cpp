// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/help_dialogs.h"

#include <QApplication>
#include <QIcon>
#include <QMessageBox>
#include <QPushButton>
#include <QSysInfo>
#include <QThread>

#include "core/types/version.h"
#include "ui/language/words.h"
#include "ui/window/licence_dialog.h"

namespace p2l::ui {

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
  box.setEscapeButton(box.addButton(QMessageBox::Ok));
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
