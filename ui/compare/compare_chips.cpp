// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_chips.h"

#include <QComboBox>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QResizeEvent>
#include <QScrollArea>
#include <QToolButton>
#include <algorithm>

#include "ui/document/run_title.h"
#include "ui/language/numbers.h"
#include "ui/language/words.h"
#include "ui/style/studio_style.h"
#include "ui/widgets/file_filters.h"

namespace p2l::ui {
namespace {

constexpr int kGap = 6, kRows = 2, kRow = StudioStyle::kControl + kGap;
constexpr int kMostPast = 15, kDialog = 440;

}  // namespace

CompareChips::CompareChips(const Catalogue& catalogue, CompareSession* session, const PastRuns* past, QWidget* parent)
    : QWidget(parent), catalogue_(catalogue), session_(session), past_(past) {
  auto* scroller = new QScrollArea(this);
  scroller->setObjectName(QStringLiteral("chips"));
  scroller->setFrameShape(QFrame::NoFrame);
  scroller->setFocusPolicy(Qt::NoFocus);
  scroller->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  content_ = new QWidget;
  scroller->setWidget(content_);
  const auto menu = [this](void (CompareChips::*fill)(QMenu*)) {
    auto* made = new QMenu(this);
    connect(made, &QMenu::aboutToShow, this, [this, made, fill] { (this->*fill)(made); });
    return made;
  };
  solver = button(tr("+ Solver"), tr("A solver, with the values that suit it or one of its presets"),
                  menu(&CompareChips::fillSolvers));
  sweep = button(tr("+ Sweep"), tr("The solver of the panel with several values of one setting"),
                 menu(&CompareChips::fillSweeps));
  auto* seed_menu = new QMenu(this);
  for (const int count : {3, 4, 8, 16}) {
    connect(seed_menu->addAction(tr("%1 seeds").arg(count)), &QAction::triggered, this,
            [this, count] { session_->add(seedChoices(catalogue_, session_->base(), count), /*seeds=*/true); });
  }
  seeds = button(tr("+ Seeds"), tr("The same settings from several seeds, with their mean and spread"), seed_menu);
  history = button(tr("+ History"), tr("A run of the history"), menu(&CompareChips::fillHistory));
  file = button(tr("+ File…"), tr("Pictures that were made elsewhere"), nullptr);
  ladder = button(tr("Ladder"),
                  tr("From LDPS to P2L: the projection, then the prompt, switched on one after the other"), nullptr);
  connect(file, &QToolButton::clicked, this, &CompareChips::askFiles);
  connect(ladder, &QToolButton::clicked, this, &CompareChips::addLadder);
  auto* all = new QMenu(this);
  for (auto* each : {solver, sweep, seeds, history}) {
    each->menu()->setTitle(each->text().mid(2));
    all->addMenu(each->menu());
  }
  connect(all->addAction(tr("File…")), &QAction::triggered, this, &CompareChips::askFiles);
  connect(all->addAction(tr("Ladder from LDPS to P2L")), &QAction::triggered, this, &CompareChips::addLadder);
  add = button(tr("+ Add"), tr("Add what is to be compared"), all);
  connect(session, &CompareSession::listChanged, this, &CompareChips::rebuild);
  connect(session, &CompareSession::entryChanged, this, &CompareChips::refresh);
  connect(session, &CompareSession::stepped, this, &CompareChips::refresh);
  rebuild();
}

QToolButton* CompareChips::button(const QString& text, const QString& tip, QMenu* menu) {
  auto* made = new QToolButton(content_);
  made->setText(text);
  made->setAccessibleName(text);
  made->setToolTip(tip);
  made->setFocusPolicy(Qt::StrongFocus);
  made->setToolButtonStyle(Qt::ToolButtonTextOnly);
  if (menu != nullptr) {
    menu->setToolTipsVisible(true);
    made->setPopupMode(QToolButton::InstantPopup);
    made->setMenu(menu);
  }
  return made;
}

void CompareChips::fillSolvers(QMenu* menu) {
  menu->clear();
  const auto base = session_->base();
  connect(menu->addAction(tr("All that can be run")), &QAction::triggered, this, &CompareChips::addAllSolvers);
  menu->addSeparator();
  const auto choices = solverChoices(catalogue_, base);
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const auto& choice = choices[i];
    const auto put = [this](QMenu* into, const QString& text, const CompareChoice& what) {
      auto* action = into->addAction(text);
      action->setToolTip(what.help);
      action->setEnabled(what.possible);
      connect(action, &QAction::triggered, this, [this, what] { addNew({what}); });
    };
    const auto presets =
        choice.possible ? presetChoices(catalogue_, base, choice.request.solver) : std::vector<CompareChoice>();
    const auto name = catalogueText(catalogue_.solvers[i].label);
    if (presets.empty()) {
      put(menu, name, choice);
      continue;
    }
    auto* own = menu->addMenu(name);
    own->setToolTipsVisible(true);
    put(own, choice.help.chopped(1), choice);
    own->addSeparator();
    for (const auto& preset : presets) put(own, preset.label.section(QStringLiteral(", "), 1), preset);
  }
}

void CompareChips::fillSweeps(QMenu* menu) {
  menu->clear();
  const auto base = session_->base();
  const auto specs = sweptParameters(catalogue_, base);
  const std::pair<const char*, const char*> proposals[] = {
      {"K", "0, 1, 3"}, {"rho", "x0.5, x1, x2"}, {"lambda", "x0.1, x1, x10"}, {"steps", "x0.5, x1, x2"}};
  for (const auto& [key, first] : proposals) {
    const auto* spec = findSpec(specs, key);
    if (spec == nullptr) continue;
    const auto name = catalogueText(spec->symbol.empty() ? spec->label : spec->symbol);
    const auto values = proposedSweep(catalogue_, base, key, QString::fromLatin1(first));
    const auto shown = QString(values).replace(QLatin1Char('x'), QStringLiteral("×"));
    auto* action = menu->addAction(QStringLiteral("%1: %2").arg(name, shown));
    action->setToolTip(catalogueText(spec->help));
    connect(action, &QAction::triggered, this, [this, key = std::string(key), values] { addSweep(key, values); });
  }
  menu->addSeparator();
  connect(menu->addAction(tr("Another setting…")), &QAction::triggered, this, &CompareChips::askSweep);
}

void CompareChips::fillHistory(QMenu* menu) {
  menu->clear();
  const auto& runs = past_->all();
  if (runs.empty()) menu->addAction(tr("No run was made yet"))->setEnabled(false);
  for (int i = static_cast<int>(runs.size()) - 1; i >= std::max(0, static_cast<int>(runs.size()) - kMostPast); --i) {
    const auto& run = runs[i];
    auto text = QStringLiteral("%1 · %2 · %3").arg(run.name, taskOfRun(catalogue_, run), numbersOfRun(run));
    text.replace(QLatin1Char('&'), QLatin1String("&&"));  // of a name, and no key
    auto* action = menu->addAction(QIcon(QPixmap::fromImage(run.thumbnail)), text);
    action->setToolTip(run.numbers);
    connect(action, &QAction::triggered, this, [this, run] { session_->addPast(run); });
  }
}

void CompareChips::addSweep(const std::string& key, const QString& values) {
  try {
    session_->add(sweepChoices(catalogue_, session_->base(), key, values));
  } catch (const std::exception& error) {
    emit failed(QString::fromUtf8(error.what()));
  }
}

QString CompareChips::readSweep(const std::string& key, const QString& values) const {
  QStringList names;
  try {
    for (const auto& choice : sweepChoices(catalogue_, session_->base(), key, values))
      names << choice.shown(choice.label);
  } catch (const std::exception&) {
    return {};  // it is said when they are asked for
  }
  const auto all = names.join(writesDecimalComma() ? QStringLiteral("; ") : QStringLiteral(", "));
  return names.size() == 1 ? tr("1 run: %1").arg(all) : tr("%1 runs: %2").arg(names.size()).arg(all);
}

void CompareChips::askSweep() {
  auto* dialog = new QDialog(this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(tr("Sweep of a value"));
  dialog->setMinimumWidth(kDialog);  // of its title, and of sentences in two lines
  auto* form = new QFormLayout(dialog);
  auto* key = new QComboBox(dialog);
  key->setAccessibleName(tr("Setting"));
  for (const auto& spec : sweptParameters(catalogue_, session_->base())) {
    const auto symbol =
        spec.symbol.empty() ? QString() : QStringLiteral(" (%1)").arg(QString::fromStdString(spec.symbol));
    key->addItem(catalogueText(spec.label) + symbol, QString::fromStdString(spec.key));
    key->setItemData(key->count() - 1, catalogueText(spec.help), Qt::ToolTipRole);
  }
  auto* values = new QLineEdit(dialog);
  values->setAccessibleName(tr("Values"));
  QStringList help(tr("Values such as 0, 1, 3, names of choices, or factors of the panel's value: x0.5, x1, x2"));
  if (writesDecimalComma()) {
    help << tr(
        "“0,5” is one value, but 0 and 5 of a setting of whole numbers; several have a space or a semicolon between "
        "them.");
  }
  values->setToolTip(help.join(QLatin1Char('\n')));
  const auto chosen = [key] { return key->currentData().toString().toStdString(); };
  const auto propose = [this, values, chosen] {
    if (!values->isModified()) values->setText(proposedSweep(catalogue_, session_->base(), chosen()));
  };
  form->addRow(tr("&Setting"), key);
  form->addRow(tr("&Values"), values);
  auto* problem = new QLabel(dialog);
  problem->setWordWrap(true);
  problem->setAlignment(Qt::AlignLeft | Qt::AlignTop);
  problem->setMinimumHeight(2 * problem->fontMetrics().lineSpacing());
  form->addRow(problem);
  const auto say = [dialog, form, problem](const QString& sentence) {
    problem->setText(sentence);
    if (!dialog->isVisible()) return;  // it takes its size when it opens
    dialog->resize(dialog->width(), std::max(dialog->height(), form->totalHeightForWidth(dialog->width())));
  };
  const auto sayRead = [this, say, chosen, values] { say(readSweep(chosen(), values->text())); };
  connect(key, &QComboBox::currentIndexChanged, dialog, [propose, sayRead] {
    propose();
    sayRead();
  });
  connect(values, &QLineEdit::textChanged, dialog, sayRead);
  propose();
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, dialog);
  makePrimary(buttons->button(QDialogButtonBox::Ok));
  form->addRow(buttons);
  connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
  connect(buttons, &QDialogButtonBox::accepted, dialog, [this, dialog, chosen, values, say] {
    try {
      session_->add(sweepChoices(catalogue_, session_->base(), chosen(), values->text()));
      dialog->accept();
    } catch (const std::exception& error) {
      say(QString::fromUtf8(error.what()));
    }
  });
  dialog->open();
}

void CompareChips::addLadder() {
  session_->add(ladderChoices(catalogue_, session_->base()));
}

void CompareChips::addAllSolvers() {
  auto choices = solverChoices(catalogue_, session_->base());
  std::erase_if(choices, [](const auto& choice) { return !choice.possible; });
  addNew(std::move(choices));
}

void CompareChips::addNew(std::vector<CompareChoice> choices) {
  QStringList there;
  std::erase_if(choices, [&](const CompareChoice& choice) {
    const int at = choice.possible ? session_->sameAs(choice) : -1;
    if (at >= 0) there << tr("%1 (chip %2)").arg(choice.shown(choice.label)).arg(at + 1);
    return at >= 0;
  });
  session_->add(choices);
  if (there.isEmpty()) return;
  emit failed(tr("Compared already, and not added again: %1.").arg(there.join(QStringLiteral(", "))));
}

void CompareChips::askFiles() {
  const auto paths =
      QFileDialog::getOpenFileNames(this, tr("Add pictures that were made elsewhere"), {}, pictureOrAnyFilter());
  session_->addFiles(paths);
}

void CompareChips::showMenu(int index, QPoint global) {
  const auto key = session_->entries().at(index).key;
  const bool made = session_->entries().at(index).kind == CompareEntry::Kind::Run;
  QMenu menu(this);
  auto* reference = menu.addAction(tr("Compare the others with it"));
  auto* lines = menu.addAction(tr("Line by line"));
  auto* settings = menu.addAction(tr("Use these settings"));
  auto* again = menu.addAction(made ? tr("Run it again") : tr("Read it again"));
  auto* cancel = menu.addAction(tr("Cancel it"));
  menu.addSeparator();
  auto* remove = menu.addAction(tr("Take it away"));
  const auto follow = [this, key, made, lines, settings, again, cancel, &menu] {
    const int now = session_->indexOf(key);
    if (now < 0) return static_cast<void>(menu.close());
    const auto& entry = session_->entries()[now];
    const bool run = made || entry.kind == CompareEntry::Kind::Past;
    lines->setEnabled(run);
    settings->setEnabled(run);
    again->setEnabled(session_->canRetry(now));
    cancel->setEnabled(made && entry.isAtWork());
  };
  follow();
  connect(session_, &CompareSession::entryChanged, &menu, follow);
  connect(session_, &CompareSession::listChanged, &menu, follow);
  const auto* chosen = menu.exec(global);
  const int now = session_->indexOf(key);  // it may have gone meanwhile
  if (chosen == nullptr || now < 0) return;
  if (chosen == reference) emit referenceWanted(key);
  if (chosen == lines) emit linesWanted(key);
  if (chosen == settings) emit settingsWanted(now);
  if (chosen == cancel) session_->cancel(now);
  if (chosen == remove) session_->remove(now);
  if (chosen != again) return;
  const auto sentence = session_->retry(now);
  if (!sentence.isEmpty()) emit failed(sentence);
}

void CompareChips::rebuild() {
  const auto& entries = session_->entries();
  while (chips_.size() > static_cast<int>(entries.size())) chips_.takeLast()->deleteLater();
  while (chips_.size() < static_cast<int>(entries.size())) {
    auto* chip = new CompareChip(content_);
    chips_ << chip;
    connect(chip, &QAbstractButton::clicked, this, [this, chip] {
      showMenu(static_cast<int>(chips_.indexOf(chip)), chip->mapToGlobal(QPoint(0, chip->height())));
    });
    connect(
        chip, &CompareChip::removed, this,
        [this](quint64 key) {
          // It may have gone meanwhile, as with the mean of its group.
          if (const int at = session_->indexOf(key); at >= 0) session_->remove(at);
        },
        Qt::QueuedConnection);
  }
  for (int i = 0; i < chips_.size(); ++i) refresh(i);
  // In the order of Tab: chips, then what adds some.
  QWidget* before = nullptr;
  for (auto* chip : chips_) {
    if (before != nullptr) setTabOrder(before, chip);
    before = chip;
  }
  for (auto* each : {solver, sweep, seeds, history, file, ladder, add}) {
    if (before != nullptr) setTabOrder(before, each);
    before = each;
  }
  arrange();
}

void CompareChips::refresh(int index) {
  if (index < 0 || index >= chips_.size()) return;
  const auto size = chips_[index]->sizeHint();
  const auto& entry = session_->entries()[index];
  chips_[index]->showEntry(entry, entryColour(entry, palette()), session_->isFormer(index), session_->isDue(index));
  const int same = session_->sameAs(index);
  chips_[index]->showSame(same + 1, same < 0 ? QString() : session_->entries()[same].shownLabel());
  if (chips_[index]->sizeHint() != size) arrange();
}

QList<QWidget*> CompareChips::shown(int width) const {
  QList<QWidget*> widgets;
  for (auto* chip : chips_) widgets << chip;
  if (isNarrow(width)) return widgets << add;
  for (auto* each : {solver, sweep, seeds, history, file, ladder}) widgets << each;
  return widgets;
}

bool CompareChips::isNarrow(int width) const {
  int needed = -kGap;
  for (const auto* chip : chips_) needed += chip->sizeHint().width() + kGap;
  for (const auto* each : {solver, sweep, seeds, history, file, ladder}) needed += each->sizeHint().width() + kGap;
  return width < kNarrow || width < needed;
}

int CompareChips::place(int width, bool move) const {
  int x = 0, y = 0;
  for (auto* widget : shown(width)) {
    const auto size = widget->sizeHint();
    if (x > 0 && x + size.width() > width) {
      x = 0;
      y += kRow;
    }
    if (move) widget->setGeometry(x, y, std::min(size.width(), width), StudioStyle::kControl);
    x += size.width() + kGap;
  }
  return y + StudioStyle::kControl;
}

void CompareChips::arrange() {
  const bool narrow = isNarrow(width());
  for (auto* each : {solver, sweep, seeds, history, file, ladder}) each->setVisible(!narrow);
  add->setVisible(narrow);
  for (auto* chip : chips_) chip->show();
  const int room = heightForWidth(width()) < place(width(), false) ? width() - 12 : width();  // beside the scroll bar
  content_->resize(room, place(room, true));
  auto* scroller = findChild<QScrollArea*>(QStringLiteral("chips"));
  scroller->setGeometry(rect());
  updateGeometry();
}

int CompareChips::heightForWidth(int width) const {
  return std::min(place(width, false), kRows * kRow - kGap);
}

QSize CompareChips::sizeHint() const {
  return {600, heightForWidth(std::max(width(), 300))};
}

QSize CompareChips::minimumSizeHint() const {
  return {200, StudioStyle::kControl};
}

void CompareChips::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() != QEvent::PaletteChange) return;
  for (int i = 0; i < chips_.size(); ++i) refresh(i);
}

void CompareChips::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  arrange();
}

}  // namespace p2l::ui
