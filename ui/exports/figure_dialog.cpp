// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exports/figure_dialog.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/document/run_model.h"
#include "ui/style/studio_style.h"
#include "ui/style/tab_order.h"
#include "ui/style/window_size.h"
#include "ui/widgets/clock_text.h"
#include "ui/widgets/panel_scroller.h"
#include "ui/widgets/row_list.h"
#include "ui/widgets/segmented.h"

namespace p2l::ui {
namespace {

constexpr QSize kFirstSize(1040, 600);
constexpr int kLeftWidth = 240;
constexpr int kPad = 8, kTickMs = 1000;

/// A name that no file has yet: figure, figure-2, ...
QString freeFolder(const QString& folder, const QString& name) {
  auto path = folder + QLatin1Char('/') + name;
  for (int i = 2; QFileInfo::exists(path); ++i) path = QStringLiteral("%1/%2-%3").arg(folder, name).arg(i);
  return path;
}

/// @return a sentence; empty: it was copied
QString copyFile(const QString& file, const QString& path) {
  const bool copied = QDir().mkpath(QFileInfo(path).path()) && QFile::copy(file, path);
  return copied ? QString() : FigureDialog::tr("%1 cannot be written; choose another folder.").arg(path);
}

/// All files of a folder, and these beside them. @return a sentence; empty: all was copied
QString copyAll(const QString& from, const QStringList& more, const QString& to) {
  QDirIterator files(from, QDir::Files, QDirIterator::Subdirectories);
  QString problem;
  while (problem.isEmpty() && files.hasNext()) {
    const auto file = files.next();
    problem = copyFile(file, to + QLatin1Char('/') + QDir(from).relativeFilePath(file));
  }
  for (const auto& file : more) {
    if (problem.isEmpty()) problem = copyFile(file, to + QLatin1Char('/') + QFileInfo(file).fileName());
  }
  return problem;
}

}  // namespace

FittedPicture::FittedPicture(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  setAccessibleName(tr("Figure"));
}

void FittedPicture::setPicture(const QPixmap& picture, const QString& words) {
  picture_ = picture;
  words_ = words;
  update();
}

void FittedPicture::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  const auto area = rect().adjusted(kPad, kPad, -kPad, -kPad);
  if (picture_.isNull()) {
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(area, Qt::AlignCenter | Qt::TextWordWrap, words_);
    return;
  }
  const auto whole = QSizeF(picture_.size());  // as many points: readable on a fine screen, too
  const auto size = whole.width() > area.width() || whole.height() > area.height()
                        ? whole.scaled(area.size(), Qt::KeepAspectRatio)
                        : whole;
  const QRectF place(area.center().x() - size.width() / 2, area.center().y() - size.height() / 2, size.width(),
                     size.height());
  const auto pixels = (size * devicePixelRatioF()).toSize();
  auto fitted = picture_.scaled(pixels, Qt::KeepAspectRatio, Qt::SmoothTransformation);
  painter.drawPixmap(place, fitted, QRectF(fitted.rect()));
}

FigureDialog::FigureDialog(const Catalogue& catalogue, RunModel* document, QWidget* parent)
    : QDialog(parent), document_(document), run_(catalogue) {
  setWindowTitle(tr("Figures"));
  resize(sizeOnScreen(*this, kFirstSize.boundedTo(parent != nullptr ? parent->window()->size() : kFirstSize)));
  auto* row = new QHBoxLayout(this);
  row->setSpacing(12);
  auto* left = new PanelScroller(buildLeft(), this);
  left->setFixedWidth(kLeftWidth + left->verticalScrollBar()->sizeHint().width());
  row->addWidget(left);
  row->addWidget(buildRight(), 1);
  connect(list_, &QListWidget::currentRowChanged, this, &FigureDialog::showWords);
  connect(&run_, &FigureRun::runningChanged, this, &FigureDialog::showRunning);
  connect(&run_, &FigureRun::progressed, this, [this](const QString& text) {
    progress_text_ = text;
    showTime();
  });
  connect(&run_, &FigureRun::failed, message_, &QLabel::setText);
  tick_.setInterval(kTickMs);
  connect(&tick_, &QTimer::timeout, this, &FigureDialog::showTime);
  connect(&run_, &FigureRun::finished, this, &FigureDialog::showPictures);
  connect(&run_, &FigureRun::finished, this, [this] {
    for (const auto& picture : run_.pictures()) emit drawn(picture.title, picture.picture);
  });
  list_->setCurrentRow(0);
  showPictures();
  showRunning(false);
  new TabOrder(this);
}

FigureDialog* FigureDialog::showFor(const Catalogue& catalogue, RunModel* document, QWidget* parent) {
  auto* dialog = parent->findChild<FigureDialog*>(QString(), Qt::FindDirectChildrenOnly);
  if (dialog == nullptr) dialog = new FigureDialog(catalogue, document, parent);
  dialog->show();
  dialog->raise();
  dialog->activateWindow();
  return dialog;
}

QWidget* FigureDialog::buildLeft() {
  auto* left = new QWidget(this);
  auto* column = new QVBoxLayout(left);
  column->setContentsMargins(0, 0, 0, 0);
  list_ = new RowList(left);
  list_->setAccessibleName(tr("Figures"));
  list_->setToolTip(tr("What is drawn from the photo and its settings"));
  for (int i = 0; i < kFigures; ++i) {
    const auto words = figureWords(static_cast<Figure>(i));
    list_->addItem(words.paper.isEmpty() ? words.title : QStringLiteral("%1 · %2").arg(words.title, words.paper));
  }
  list_->fitHeight();
  column->addWidget(list_);
  help_ = new QLabel(left);
  message_ = new QLabel(left);
  for (auto* label : {help_, message_}) {
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
  }
  help_->setForegroundRole(QPalette::PlaceholderText);
  column->addWidget(help_);
  draw_ = new QPushButton(left);
  makePrimary(draw_);
  connect(draw_, &QPushButton::clicked, this, &FigureDialog::act);
  column->addWidget(draw_);
  progress_ = new QProgressBar(left);
  progress_->setRange(0, 0);
  progress_->setTextVisible(false);
  progress_->setAccessibleName(tr("The figure is being made"));
  column->addWidget(progress_);
  column->addWidget(message_);
  column->addStretch(1);
  save_ = new QPushButton(tr("&Save to a folder…"), left);
  save_->setToolTip(tr("The figure's pictures, its numbers as CSV, and the settings that it was drawn from"));
  save_->setAutoDefault(false);
  connect(save_, &QPushButton::clicked, this, &FigureDialog::save);
  column->addWidget(save_);
  return left;
}

QWidget* FigureDialog::buildRight() {
  auto* right = new QWidget(this);
  auto* column = new QVBoxLayout(right);
  column->setContentsMargins(0, 0, 0, 0);
  tab_row_ = new QHBoxLayout;
  tab_row_->addStretch(1);
  column->addLayout(tab_row_);
  picture_ = new FittedPicture(right);
  column->addWidget(picture_, 1);
  command_ = new QLineEdit(right);
  command_->setReadOnly(true);
  command_->setAccessibleName(tr("The same on the command line"));
  command_->setToolTip(tr(
      "The same on the command line. FOLDER stands for where it is written; PHOTO and REQUEST stand for the photo and "
      "its settings, which Save to a folder keeps."));
  auto* close = new QPushButton(tr("Close"), right);
  close->setAutoDefault(false);
  connect(close, &QPushButton::clicked, this, &QDialog::close);
  auto* below = new QHBoxLayout;
  below->addWidget(command_, 1);
  below->addWidget(close, 0, Qt::AlignRight);  // there is not always a command
  column->addLayout(below);
  return right;
}

void FigureDialog::act() {
  if (run_.isRunning()) return run_.stop();
  FigureSource source;
  source.pictures = document_->pictures(source.request);
  if (const auto* photo = document_->photo()) source.photo = photo->path;
  message_->clear();
  emit began();
  run_.start(static_cast<Figure>(list_->currentRow()), source);
}

void FigureDialog::showWords() {
  help_->setText(figureWords(static_cast<Figure>(std::max(0, list_->currentRow()))).help);
}

void FigureDialog::showRunning(bool running) {
  draw_->setText(running ? tr("Stop") : tr("&Draw"));
  draw_->setToolTip(running ? tr("Ends the work; nothing is kept of it")
                            : tr("Makes the runs that the figure needs, from the photo and the settings as they are"));
  progress_->setVisible(running);
  list_->setEnabled(!running);
  save_->setEnabled(!running && !run_.pictures().isEmpty());
  if (running) {
    progress_text_.clear();
    since_.start();
    tick_.start();
    return showTime();
  }
  tick_.stop();
  message_->setText(progress_text_);
  if (run_.pictures().isEmpty()) showPicture(0);
}

void FigureDialog::showTime() {
  const auto time = clockText(static_cast<double>(since_.elapsed()) / 1000.0);
  const auto drawing = tr("Drawing… %1 so far").arg(time);
  message_->setText(progress_text_.isEmpty() ? drawing : QStringLiteral("%1 · %2").arg(progress_text_, time));
  if (run_.pictures().isEmpty()) picture_->setPicture({}, drawing);
}

void FigureDialog::showPictures() {
  delete tabs_;
  tabs_ = new Segmented(tr("Pictures of the figure"), this);
  for (const auto& picture : run_.pictures()) tabs_->add(picture.title, picture.title);
  tab_row_->insertWidget(0, tabs_);
  tabs_->setVisible(tabs_->count() > 1);
  connect(tabs_, &Segmented::chosen, this, &FigureDialog::showPicture);
  showCommand({});
  command_->setVisible(!run_.pictures().isEmpty());
  showPicture(0);
}

void FigureDialog::showCommand(const QString& saved) {
  command_->setText(run_.commandText(saved).replace(QLatin1Char('\n'), QStringLiteral("; ")));
  command_->setCursorPosition(0);
}

void FigureDialog::showPicture(int index) {
  const auto& pictures = run_.pictures();
  if (index >= pictures.size()) return picture_->setPicture({}, tr("Choose a figure and press Draw."));
  tabs_->setCurrent(index);
  picture_->setPicture(QPixmap::fromImage(pictures[index].picture), pictures[index].title);
}

void FigureDialog::save() {
  if (run_.pictures().isEmpty()) return;
  const auto chosen = ask_folder_ ? ask_folder_() : QFileDialog::getExistingDirectory(this, tr("Save to a folder"));
  if (chosen.isEmpty()) return;
  const auto name = figureWords(run_.figure()).title.toLower().replace(QLatin1Char(' '), QLatin1Char('-'));
  const auto folder = freeFolder(chosen, name);
  const auto problem = copyAll(run_.folder(), run_.sources(), folder);
  if (problem.isEmpty()) showCommand(folder);
  message_->setText(problem.isEmpty() ? tr("The figure is in %1.").arg(folder) : problem);
}

}  // namespace p2l::ui
