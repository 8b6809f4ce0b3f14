// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/repeat_dialog.h"

#include <QCoreApplication>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFontDatabase>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTextBrowser>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>

#include "core/api/files.h"
#include "core/experiment/recipe.h"
#include "core/types/error.h"
#include "ui/language/words.h"
#include "ui/style/studio_style.h"
#include "ui/style/window_size.h"
#include "ui/widgets/clock_text.h"

namespace p2l::ui {
namespace {

constexpr int kStopMs = 5000;
constexpr int kInterrupted = 130;  // the exit code of a program that was asked to stop
constexpr int kNoFolder = -1;

QString foundProgram() {
  const auto beside = QCoreApplication::applicationDirPath() + QStringLiteral("/p2l");
  return QFile::exists(beside) ? beside : QStandardPaths::findExecutable(QStringLiteral("p2l"));
}

/// The folder itself, by whatever name.
QString placeOf(const QString& folder) {
  const QFileInfo info(folder);
  return info.exists() ? info.canonicalFilePath() : QDir::cleanPath(info.absoluteFilePath());
}

}  // namespace

QString quotedWord(const QString& text) {
  static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_./:=+,-]+$"));
  return plain.match(text).hasMatch()
             ? text
             : QStringLiteral("'%1'").arg(QString(text).replace(u'\'', QStringLiteral("'\\''")));
}

RepeatDialog::RepeatDialog(const ComparisonRecipe& recipe, QWidget* parent)
    : QDialog(parent), recipe_(recipe), program_(foundProgram()) {
  setWindowFlag(Qt::WindowMinimizeButtonHint);
  auto* column = new QVBoxLayout(this);
  auto* text =
      new QLabel(tr("Runs the same solvers on every photo of a folder, each with a measurement of its own, and "
                    "makes the table of their means. Finished runs are kept; the same folder goes on there."),
                 this);
  text->setWordWrap(true);
  column->addWidget(text);
  photos_ = addFolder(tr("&Photos"), tr("Folder of the good photos that are degraded and restored"));
  results_ = addFolder(tr("&Results"), tr("Folder for reports, pictures and tables"));
  plan_ = new QLabel(this);
  plan_->setObjectName(QStringLiteral("plan"));
  plan_->setWordWrap(true);
  column->addWidget(plan_);
  QStringList remarks, left_out;
  for (const auto& remark : recipe_.remarks) remarks << catalogueText(remark);
  for (const auto& run : recipe_.left_out) left_out << QString::fromStdString(run);
  if (!left_out.isEmpty())
    remarks << tr("Left out, of another measurement or with other options of the model: %1")
                   .arg(left_out.join(QStringLiteral("; ")));
  if (!remarks.isEmpty()) {
    auto* label = new QLabel(remarks.join(QLatin1Char('\n')), this);
    label->setObjectName(QStringLiteral("remarks"));
    label->setWordWrap(true);
    column->addWidget(label);
  }
  command_ = new QLabel(this);
  command_->setWordWrap(true);
  command_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  command_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
  command_->setAccessibleName(tr("Command"));
  column->addWidget(command_);
  output_ = new QPlainTextEdit(this);
  output_->setReadOnly(true);
  output_->setLineWrapMode(QPlainTextEdit::NoWrap);
  output_->setTabChangesFocus(true);
  output_->setAccessibleName(tr("What the evaluation says"));
  output_->setPlaceholderText(tr("Choose both folders, then press Start: the table of means appears here."));
  output_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
  column->addWidget(output_, 1);
  table_ = new QTextBrowser(this);
  table_->setAccessibleName(tr("Table of the means"));
  table_->setTabChangesFocus(true);
  table_->setLineWrapMode(QTextEdit::NoWrap);  // a wide table is scrolled
  table_->hide();
  column->addWidget(table_, 2);
  auto* row = new QHBoxLayout;
  column->addLayout(row);
  row->addStretch(1);
  open_ = new QPushButton(tr("Open the &table"), this);
  stop_ = new QPushButton(tr("S&top"), this);
  start_ = new QPushButton(tr("&Start"), this);
  makePrimary(start_);
  auto* close = new QPushButton(tr("&Close"), this);
  for (auto* button : {open_, stop_, start_, close}) row->addWidget(button);
  connect(start_, &QPushButton::clicked, this, &RepeatDialog::start);
  connect(stop_, &QPushButton::clicked, this, &RepeatDialog::stop);
  connect(close, &QPushButton::clicked, this, &QDialog::close);
  connect(open_, &QPushButton::clicked, this, [this] {
    QDesktopServices::openUrl(QUrl::fromLocalFile(QDir(results_->text()).filePath(QStringLiteral("table.html"))));
  });
  process_.setProcessChannelMode(QProcess::MergedChannels);
  connect(&process_, &QProcess::readyRead, this, [this] { readOutput(/*end=*/false); });
  connect(&process_, &QProcess::finished, this, &RepeatDialog::showEnd);
  connect(&process_, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
    if (error == QProcess::FailedToStart) showEnd(-1);
  });
  resize(sizeOnScreen(*this, {640, 460}));
  refresh();
}

RepeatDialog::~RepeatDialog() {
  listing_.stop();
  process_.disconnect(this);
  if (process_.state() == QProcess::NotRunning) return;
  process_.terminate();
  if (!process_.waitForFinished(kStopMs)) process_.kill();
}

QLineEdit* RepeatDialog::addFolder(const QString& label, const QString& tip) {
  auto* row = new QHBoxLayout;
  auto* title = new QLabel(label, this);
  title->setMinimumWidth(70);
  auto* edit = new QLineEdit(this);
  edit->setToolTip(tip);
  edit->setAccessibleName(QString(label).remove(u'&'));
  title->setBuddy(edit);
  auto* browse = new QToolButton(this);
  browse->setText(QStringLiteral("…"));
  browse->setAccessibleName(tip);
  browse->setToolTip(tip);
  browse->setFocusPolicy(Qt::StrongFocus);
  row->addWidget(title);
  row->addWidget(edit, 1);
  row->addWidget(browse);
  browse_ << browse;
  static_cast<QVBoxLayout*>(layout())->addLayout(row);
  connect(edit, &QLineEdit::textChanged, this, [this, edit] {
    if (edit == photos_) readFolder();
    refresh();
  });
  connect(browse, &QToolButton::clicked, this, [this, edit, tip] {
    const auto folder = QFileDialog::getExistingDirectory(this, tip, edit->text());
    if (!folder.isEmpty()) edit->setText(folder);
  });
  return edit;
}

void RepeatDialog::readOutput(bool end) {
  unread_ += process_.readAll();
  const auto whole = end ? unread_.size() : unread_.lastIndexOf('\n') + 1;
  const auto text = QString::fromUtf8(unread_.left(whole));
  unread_.remove(0, whole);
  static const QRegularExpression count(QStringLiteral("^(\\d+)/(\\d+) "));
  static const QRegularExpression words(QStringLiteral("[\\w|]"), QRegularExpression::UseUnicodePropertiesOption);
  for (const auto& line : text.split(QLatin1Char('\n'))) {
    // A progress line takes the place of the one before it.
    const auto parts = line.split(QLatin1Char('\r'), Qt::SkipEmptyParts);
    const auto said = parts.isEmpty() ? QString() : parts.last().trimmed();
    const bool of_table = said.startsWith(QLatin1Char('|'));                        // which is shown as one
    if (words.match(said).hasMatch() && !of_table) output_->appendPlainText(said);  // a full stop alone says nothing
    if (const auto found = count.match(said); found.hasMatch()) {
      ++made_;  // a line each
      failed_ += said.endsWith(QLatin1String(": failed")) ? 1 : 0;
      done_ = found.captured(1).toInt();
      total_ = found.captured(2).toInt();
    }
  }
  showProgress();
}

void RepeatDialog::showProgress() {
  const auto name = tr("Repeat on a folder");
  if (!isRunning()) return setWindowTitle(name);
  if (total_ == 0) return setWindowTitle(tr("Preparing… – %1").arg(name));
  constexpr double kMs = 1000.0;
  const double left = static_cast<double>(clock_.elapsed()) / kMs / std::max(made_, 1) * (total_ - done_);
  setWindowTitle(tr("%1 of %2 · %3 left – %4").arg(done_).arg(total_).arg(clockText(left), name));
}

QString RepeatDialog::recipePath() const {
  return QDir::cleanPath(results_->text()) + QStringLiteral("-recipe.json");
}

QStringList RepeatDialog::arguments() const {
  QStringList all{QStringLiteral("evaluate"),
                  QStringLiteral("--recipe"),
                  recipePath(),
                  photos_->text(),
                  QStringLiteral("--out"),
                  results_->text()};
  for (const auto& option : recipe_.options) all << QString::fromStdString(option);
  return all;
}

QString RepeatDialog::command() const {
  QStringList words{QStringLiteral("p2l")};
  for (const auto& argument : arguments()) words << quotedWord(argument);
  return words.join(QLatin1Char(' '));
}

QString RepeatDialog::obstacle() const {
  if (placeOf(photos_->text()) == placeOf(results_->text())) {
    return tr("The results would lie among the photos in %1: give another folder, such as %2.")
        .arg(photos_->text(), QDir(photos_->text()).filePath(QStringLiteral("results")));
  }
  if (!QFileInfo::exists(recipePath())) return {};
  try {
    const auto path = recipePath().toStdString();
    recipeFromJson(readTextFile(path), path);  // of an evaluation that goes on
  } catch (const std::exception&) {
    return tr("The recipe is written to %1, which is there already and is none: give another folder for the results.")
        .arg(recipePath());
  }
  return {};
}

QString RepeatDialog::planText() const {
  QStringList runs;
  for (const auto& run : recipe_.runs) runs << QString::fromStdString(run);
  auto text = tr("Runs of each photo: %1 (%2).").arg(QString::number(runs.size()), runs.join(QStringLiteral("; ")));
  const auto of_folder = listing_.busy() ? tr("Reading the folder…") : folder_text_;
  return of_folder.isEmpty() ? text : QStringLiteral("%1 %2").arg(text, of_folder);
}

void RepeatDialog::readFolder() {
  listing_.stop();  // of another folder
  folder_text_.clear();
  const auto folder = photos_->text();
  if (folder.isEmpty()) return;
  listing_.start(
      {folder},
      [given = folder.toStdString()](const std::vector<std::string>& photos, RunControl&) {
        const bool is_folder = photos.size() != 1 || photos.front() != given;
        return is_folder ? static_cast<int>(photos.size()) : kNoFolder;
      },
      [this](int found, const QString& problem) {
        if (found != kNoFolder) folder_text_ = problem.isEmpty() ? tr("Photos in the folder: %1.").arg(found) : problem;
        plan_->setText(planText());
      });
}

void RepeatDialog::refresh() {
  if (command_ == nullptr) return;
  const bool complete = !photos_->text().isEmpty() && !results_->text().isEmpty();
  const bool runs = isRunning();
  plan_->setText(planText());
  const auto problem = complete && !runs ? obstacle() : QString();
  command_->setText(!problem.isEmpty() ? problem : complete ? command() : QString());
  start_->setEnabled(complete && !runs && !program_.isEmpty() && problem.isEmpty());
  stop_->setEnabled(runs);
  open_->setEnabled(QFile::exists(QDir(results_->text()).filePath(QStringLiteral("table.html"))));
  for (auto* edit : {photos_, results_}) edit->setEnabled(!runs);
  for (auto* browse : browse_) browse->setEnabled(!runs);
  showProgress();
}

void RepeatDialog::reject() {
  if (isRunning()) {
    const auto answer = QMessageBox::question(
        this, tr("Repeat on a folder"),
        tr("The evaluation goes on: stop it? Finished runs are kept, and Start goes on with the rest."));
    if (answer != QMessageBox::Yes) return;
  }
  QDialog::reject();
}

void RepeatDialog::start() {
  try {
    require(QDir(photos_->text()).exists(), "There is no folder ", photos_->text().toStdString(),
            ": choose the one that holds the photos.");
    if (const auto problem = obstacle(); !problem.isEmpty()) return output_->appendPlainText(problem);
    QDir().mkpath(results_->text());
    writeTextFile(recipePath().toStdString(), recipe_.json);
  } catch (const std::exception& error) {
    output_->appendPlainText(QString::fromUtf8(error.what()));
    return;
  }
  output_->setPlainText(command());
  table_->hide();
  unread_.clear();
  done_ = total_ = made_ = failed_ = 0;
  failed_before_ = failureFiles();
  readFolder();  // it may have gained some since
  clock_.start();
  process_.start(program_, arguments());
  refresh();
}

void RepeatDialog::stop() {
  process_.terminate();  // finished runs are kept
}

QMap<QString, QDateTime> RepeatDialog::failureFiles() const {
  QMap<QString, QDateTime> files;
  const QDir folder(QDir(results_->text()).filePath(QStringLiteral("failed")));
  for (const auto& file : folder.entryInfoList({QStringLiteral("*.txt")}, QDir::Files))
    files[file.filePath()] = file.lastModified();
  return files;
}

QStringList RepeatDialog::failures() const {
  QStringList sentences;
  const auto files = failureFiles();
  for (const auto& path : files.keys()) {
    if (failed_before_.value(path) == files[path]) continue;
    const auto sentence = QString::fromStdString(readTextFile(path.toStdString())).trimmed();
    const bool names_photo = sentence.startsWith(photos_->text());
    sentences << (names_photo ? sentence : QStringLiteral("%1: %2").arg(QFileInfo(path).completeBaseName(), sentence));
  }
  return sentences;
}

void RepeatDialog::showEnd(int code) {
  readOutput(/*end=*/true);
  const bool stopped = code == kInterrupted || process_.exitStatus() == QProcess::CrashExit;
  QString table;
  QStringList missing;
  try {
    const auto path = QDir(results_->text()).filePath(QStringLiteral("table.md"));
    if (code > 0 && !stopped) missing = failures();
    const bool made = code == 0 || (!missing.isEmpty() && made_ > failed_);
    if (made && QFile::exists(path)) table = QString::fromStdString(readTextFile(path.toStdString()));
    table_->setMarkdown(table);
    table_->setVisible(!table.isEmpty());
  } catch (const std::exception& error) {
    output_->appendPlainText(QString::fromUtf8(error.what()));
  }
  if (code < 0) output_->appendPlainText(tr("The program p2l cannot be started: %1").arg(process_.errorString()));
  if (code > 0 && stopped) {
    output_->appendPlainText(tr("It was stopped; start it again to go on."));
  } else if (!missing.isEmpty()) {
    output_->appendPlainText(total_ > 0
                                 ? tr("Runs done: %1 of %2. What could not be done:").arg(made_ - failed_).arg(total_)
                                 : tr("No run could be made:"));
    for (const auto& sentence : missing) output_->appendPlainText(sentence);
  } else if (code > 0) {
    output_->appendPlainText(tr("Something went wrong, as it says above. What was finished is kept."));
  }
  refresh();
  emit ended(code, table);
}

}  // namespace p2l::ui
