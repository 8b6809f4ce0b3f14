// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tiles/compare_report.h"

#include <QFileInfo>
#include <QRegularExpression>

#include "core/api/files.h"
#include "ui/base/png_url.h"
#include "ui/language/words.h"

namespace p2l::ui {
namespace {

constexpr const char* kHead =
    "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>%1</title><style>body{font:16px sans-serif;margin:2em "
    "auto;max-width:80em;padding:0 1em}figure{display:inline-block;vertical-align:top;margin:0 1em 1em 0;max-width:31%}"
    "img{max-width:100%;display:block}figcaption{color:#444;white-space:pre-line}table{border-collapse:collapse;margin:"
    "1em "
    "0}th,td{text-align:right;padding:.15em .7em;font-variant-numeric:tabular-nums}th:first-child,td:first-child{text-"
    "align:left}pre{background:#eee;padding:1em;white-space:pre-wrap}</style></head><body>\n<h1>%1</h1>\n";

QString quoted(const QString& text) {
  return QLatin1Char('\'') + QString(text).replace(QLatin1Char('\''), QStringLiteral("'\\''")) + QLatin1Char('\'');
}

/// The file of the tile of this number, without its ending: letters and digits of the title between single hyphens. The
/// number tells apart titles that differ in other signs alone.
QString baseName(qsizetype number, const QString& title) {
  static const QRegularExpression marks(QStringLiteral("\\p{Mn}+")), signs(QStringLiteral("[^A-Za-z0-9]+"));
  auto words = title.normalized(QString::NormalizationForm_KD).remove(marks).split(signs, Qt::SkipEmptyParts);
  words.prepend(QString::number(number));
  return words.join(QLatin1Char('-'));
}

/// The picture, and below it a link to `file` where that is not empty.
QString figure(const QString& title, const QString& detail, const QImage& shown, const QString& file,
               const QString& url) {
  auto html = QStringLiteral("<figure><img src=\"%1\" alt=\"%2\"><figcaption><b>%2</b>\n%3</figcaption>")
                  .arg(pngUrl(shown), title.toHtmlEscaped(), detail.toHtmlEscaped());
  if (!file.isEmpty()) html += QStringLiteral("<a href=\"%1\" download=\"%2\">%2</a>").arg(url, file.toHtmlEscaped());
  return html + QStringLiteral("</figure>\n");
}

QString code(const QString& text) {
  return QStringLiteral("<pre>%1</pre>\n").arg(text.toHtmlEscaped());
}

}  // namespace

void writeCompareReport(const CompareReport& report, const QString& path) {
  const auto& photo = *report.photo;
  const int bits = photo.photo->origin.bits;
  const auto name = QFileInfo(photo.label).completeBaseName() + QStringLiteral(".png");
  auto html = QString::fromUtf8(kHead).arg(tr("Comparison: %1").arg(photo.label).toHtmlEscaped());
  QStringList commands;
  for (const auto& tile : report.tiles) {
    QString file, url;
    if (tile.run) {
      const auto& outcome = tile.run->outcome;
      const auto base = baseName(commands.size() + 1, tile.title);
      file = base + QStringLiteral(".png");
      url = pngUrl(outcome.picture, bits, jsonFromRequest(outcome.report.request), requestPicturesFrom(tile.given));
      commands << QStringLiteral("p2l restore %1 --request %2 --out %3")
                      .arg(quoted(name), quoted(file), quoted(base + QStringLiteral("-again.png")));
    }
    html += figure(tile.title, tile.detail, tile.shown, file, url);
  }
  html += QStringLiteral("<h2>%1</h2>\n").arg(tr("Numbers")) + report.table;
  if (!commands.isEmpty()) {
    html += QStringLiteral("<h2>%1</h2>\n<p>%2 <a href=\"%3\" download=\"%4\">%4</a></p>\n")
                .arg(tr("Run it again"),
                     tr("Save the files that are named below the pictures, which hold the requests, masks and kernels, "
                        "and the photo:")
                         .toHtmlEscaped(),
                     pngUrl(photo.photo->image, bits), name.toHtmlEscaped()) +
            code(commands.join(QLatin1Char('\n')));
  }
  if (!report.recipe.isEmpty()) {
    html += QStringLiteral("<h2>%1</h2>\n").arg(tr("On other photos")) + code(report.evaluation) +
            QStringLiteral("<details><summary>comparison-recipe.json</summary>%1</details>\n").arg(code(report.recipe));
  }
  writeTextFile(path.toStdString(), (html + QStringLiteral("</body></html>\n")).toStdString());
}

}  // namespace p2l::ui
