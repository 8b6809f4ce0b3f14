// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QString>
#include <QStringList>

namespace p2l::test {

/// What an exported lesson is made of, as far as that is said without running it.
struct PageStructure {
  QStringList problems;  ///< elements that are not closed or closed twice, ids that are there twice or nowhere
  QSet<QString> ids;
  QString script;    ///< without its data; empty: there is none
  QJsonArray steps;  ///< the script's data
};

/// Elements and ids of the page without its script and style.
inline void readElements(QString page, PageStructure& found) {
  static const QSet<QString> kAlone{QStringLiteral("meta"), QStringLiteral("img"), QStringLiteral("input"),
                                    QStringLiteral("br")};
  static const QRegularExpression tag(QStringLiteral("<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\"[^\"]*+\"|[^\">])*+)>"));
  static const QRegularExpression id(QStringLiteral("\\sid=\"?([A-Za-z][A-Za-z0-9_-]*)"));
  page.remove(QStringLiteral("<!doctype html>"));
  QStringList open;
  qsizetype end = 0;
  for (auto each = tag.globalMatch(page); each.hasNext();) {
    const auto match = each.next();
    if (page.mid(end, match.capturedStart() - end).contains(QLatin1Char('<')))
      found.problems << QStringLiteral("a < that begins no element before ") + match.captured();
    end = match.capturedEnd();
    const auto name = match.captured(2).toLower();
    if (!match.captured(1).isEmpty()) {
      if (open.isEmpty() || open.takeLast() != name) found.problems << QStringLiteral("</%1>").arg(name);
      continue;
    }
    if (const auto named = id.match(match.captured(3)); named.hasMatch()) {
      if (found.ids.contains(named.captured(1))) found.problems << QStringLiteral("twice: ") + named.captured(1);
      found.ids << named.captured(1);
    }
    if (!kAlone.contains(name)) open << name;
  }
  for (const auto& name : open) found.problems << QStringLiteral("not closed: ") + name;
}

/// The script without its data, which is read, and whether it finds its elements.
inline void readScript(const QString& script, PageStructure& found) {
  const auto begin = script.indexOf(QLatin1Char('[')), end = script.indexOf(QStringLiteral("],slider=")) + 1;
  if (!script.trimmed().startsWith(QStringLiteral("const steps=[")) || end <= begin) {
    found.problems << QStringLiteral("the script does not begin with its data");
    return;
  }
  QJsonParseError error;
  found.steps = QJsonDocument::fromJson(script.mid(begin, end - begin).toUtf8(), &error).array();
  if (error.error != QJsonParseError::NoError) found.problems << QStringLiteral("data: ") + error.errorString();
  found.script = script.left(begin) + script.mid(end);
  // Numbered elements are one for each picture of a step.
  static const QRegularExpression wanted(QStringLiteral("getElementById\\('([^']+)'(\\+i)?\\)"));
  const auto pictures = found.steps.first()[QStringLiteral("pictures")].toArray().size();
  for (auto each = wanted.globalMatch(found.script); each.hasNext();) {
    const auto match = each.next();
    QStringList ids{match.captured(1)};
    if (!match.captured(2).isEmpty()) {
      ids.clear();
      for (qsizetype i = 0; i < pictures; ++i) ids << match.captured(1) + QString::number(i);
    }
    for (const auto& id : ids) {
      if (!found.ids.contains(id)) found.problems << QStringLiteral("no element is ") + id;
    }
  }
  // Every function that is called or listens is there, and brackets are in pairs.
  static const QRegularExpression called(QStringLiteral("(?<![.\\w])([a-z]\\w*)\\("));
  static const QSet<QString> kGiven{QStringLiteral("if"), QStringLiteral("for"), QStringLiteral("setInterval"),
                                    QStringLiteral("clearInterval"), QStringLiteral("function")};
  for (auto each = called.globalMatch(found.script); each.hasNext();) {
    const auto name = each.next().captured(1);
    if (!kGiven.contains(name) && !found.script.contains(QStringLiteral("function %1(").arg(name)))
      found.problems << QStringLiteral("no function is ") + name;
  }
  static const QString kOpening = QStringLiteral("([{"), kClosing = QStringLiteral(")]}");
  QString brackets;
  for (const auto letter : found.script) {
    if (kOpening.contains(letter)) brackets += letter;
    const auto closes = kClosing.indexOf(letter);
    if (closes < 0) continue;
    if (!brackets.endsWith(kOpening[closes])) found.problems << QStringLiteral("a bracket too many: ") + letter;
    brackets.chop(1);
  }
  if (!brackets.isEmpty()) found.problems << QStringLiteral("brackets are left open: ") + brackets;
}

inline PageStructure structureOf(const QString& page) {
  PageStructure found;
  const auto part = [](const QString& name, QString& rest) {
    const auto opening = QStringLiteral("<%1>").arg(name), closing = QStringLiteral("</%1>").arg(name);
    const auto begin = rest.indexOf(opening), end = rest.indexOf(closing, begin);
    if (begin < 0 || end < 0) return QString();
    const auto inside = rest.mid(begin + opening.size(), end - begin - opening.size());
    rest.remove(begin + opening.size(), inside.size());
    return inside;
  };
  auto rest = page;
  part(QStringLiteral("style"), rest);
  const auto script = part(QStringLiteral("script"), rest);
  readElements(rest, found);
  if (rest.contains(QStringLiteral("<script>"))) readScript(script, found);
  return found;
}

}  // namespace p2l::test
