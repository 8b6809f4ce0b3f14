// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/learn/mixture_stage.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QPainter>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/language/numbers.h"
#include "ui/language/words.h"
#include "ui/learn/learn_model.h"
#include "ui/steps/tile_style.h"
#include "ui/style/theme.h"

namespace p2l::ui {
namespace {

constexpr int kGrid = 160;
constexpr double kDot = 3.2;

QColor mixed(const QColor& ground, const QColor& colour, double share) {
  const auto part = [&](int from, int to) { return static_cast<int>(std::lround(from + share * (to - from))); };
  return {part(ground.red(), colour.red()), part(ground.green(), colour.green()), part(ground.blue(), colour.blue())};
}

/// Prior and posterior on the ground, each up to its largest value.
QImage densitiesOf(const Mixture& mixture, const QColor& ground) {
  constexpr double kReach = MixturePlane::kReach;
  QImage image(kGrid, kGrid, QImage::Format_RGB32);
  std::vector<double> prior, posterior;
  for (int row = 0; row < kGrid; ++row) {
    for (int column = 0; column < kGrid; ++column) {
      const Mixture::Point x = {kReach * (2.0 * (column + 0.5) / kGrid - 1.0),
                                kReach * (1.0 - 2.0 * (row + 0.5) / kGrid)};
      prior.push_back(mixture.prior(x));
      posterior.push_back(mixture.posterior(x));
    }
  }
  const double most_prior = *std::max_element(prior.begin(), prior.end());
  const double most_posterior = *std::max_element(posterior.begin(), posterior.end());
  const auto of_prior = tileColour(StepPicture::Estimate), of_posterior = tileColour(StepPicture::Gradient);
  for (int row = 0; row < kGrid; ++row) {
    for (int column = 0; column < kGrid; ++column) {
      const auto i = static_cast<std::size_t>(row) * kGrid + column;
      const auto blue = mixed(ground, of_prior, 0.55 * std::sqrt(prior[i] / most_prior));
      image.setPixelColor(column, row, mixed(blue, of_posterior, 0.85 * std::sqrt(posterior[i] / most_posterior)));
    }
  }
  return image;
}

}  // namespace

MixturePlane::MixturePlane(const LearnModel* model, QWidget* parent) : QWidget(parent), model_(model) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  setAccessibleName(tr("Prior, posterior and particles"));
  connect(model, &LearnModel::stageChanged, this, qOverload<>(&QWidget::update));
}

void MixturePlane::setStep(int step) {
  step_ = step;
  update();
}

void MixturePlane::followGround() {
  const auto& mixture = model_->mixture();
  const auto base = palette().color(QPalette::Base);
  const auto of = QStringLiteral("%1 %2 %3").arg(mixture.y).arg(mixture.sigma).arg(base.name());
  if (of == ground_of_ || work_.busy()) return;  // the newest follows
  ground_of_ = of;
  work_.start([mixture, base] { return densitiesOf(mixture, base); },
              [this](const QImage& made, const QString&) {
                ground_ = made;
                update();
              });
}

void MixturePlane::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
  const int side = std::min(width(), height());
  const QRect area((width() - side) / 2, (height() - side) / 2, side, side);
  const auto& mixture = model_->mixture();
  painter.fillRect(area, palette().color(QPalette::Base));
  if (mixture.hills.empty()) return;
  followGround();
  paintGround(painter, area, ground_);
  const auto* particles = model_->particles();
  if (particles == nullptr) return;
  const auto step = std::clamp<std::size_t>(static_cast<std::size_t>(step_), 0, particles->steps.size() - 1);
  painter.setBrush(palette().color(QPalette::Text));
  painter.setPen(QPen(palette().color(QPalette::Base), 0.8));
  painter.setClipRect(area);
  for (const auto& x : particles->steps[step]) painter.drawEllipse(placeOf(x, area), kDot, kDot);
}

QPointF MixturePlane::placeOf(const std::array<double, 2>& x, const QRect& area) {
  return {area.left() + area.width() * (x[0] + kReach) / (2 * kReach),
          area.top() + area.height() * (kReach - x[1]) / (2 * kReach)};
}

QString MixturePlane::measuredText() const {
  return tr("measurement: x₁ ≈ %1").arg(withMinus(model_->mixture().y));
}

QRect MixturePlane::measuredBox(const QRect& area) const {
  constexpr int kGap = 6;  // between the line and its text
  const auto inside = area.adjusted(kGap, fontMetrics().descent(), -kGap, 0);
  QRect box = fontMetrics().boundingRect(inside, Qt::TextWordWrap, measuredText());
  box.setWidth(std::min(box.width() + 2, inside.width()));  // drawn, it is broken as it was measured
  box.moveTopLeft({qRound(placeOf({model_->mixture().y, kReach}, area).x()) + kGap, inside.top()});
  if (box.right() > inside.right()) box.moveRight(inside.right());
  return box;
}

QString MixturePlane::shareText(std::size_t hill) const {
  return tr("posterior %1 %").arg(100.0 * model_->mixture().posteriorWeights()[hill], 0, 'f', 0);
}

QRect MixturePlane::shareBox(std::size_t hill, const QRect& area) const {
  constexpr int kEdge = 2;
  const auto& of = model_->mixture().hills[hill];
  const auto inside = area.adjusted(kEdge, kEdge, -kEdge, -kEdge);
  QRect box = fontMetrics().boundingRect(inside, Qt::TextWordWrap, shareText(hill));
  box.setWidth(std::min(box.width() + 2, inside.width()));  // drawn, it is broken as it was measured
  const auto place = placeOf({of.mean[0] + 2.2 * of.deviation, of.mean[1]}, area);
  box.moveTopLeft({qRound(place.x()), qRound(place.y()) - fontMetrics().ascent()});
  const auto measured = measuredBox(area);
  if (box.right() > inside.right()) box.moveRight(inside.right());
  if (box.left() < inside.left()) box.moveLeft(inside.left());
  if (box.intersects(measured)) box.moveTop(measured.bottom() + 1);
  if (box.bottom() > inside.bottom()) box.moveBottom(inside.bottom());
  if (box.top() < inside.top()) box.moveTop(inside.top());
  return box;
}

QImage MixturePlane::ground(int side) const {
  QImage image(side, side, QImage::Format_RGB32);
  image.fill(palette().color(QPalette::Base));
  QPainter painter(&image);
  painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
  painter.setFont(font());
  if (!model_->mixture().hills.empty())
    paintGround(painter, image.rect(), densitiesOf(model_->mixture(), palette().color(QPalette::Base)));
  return image;
}

void MixturePlane::paintGround(QPainter& painter, const QRect& area, const QImage& densities) const {
  const auto& mixture = model_->mixture();
  painter.drawImage(area, densities);
  const auto at = [&](const Mixture::Point& x) { return placeOf(x, area); };
  const auto text = palette().color(QPalette::Text);
  painter.setPen(QPen(tileInk(StepPicture::Projected, palette()), 2, Qt::DashLine));
  painter.drawLine(at({mixture.y, -kReach}), at({mixture.y, kReach}));
  painter.setPen(tileInk(StepPicture::Projected, palette()));
  painter.drawText(measuredBox(area), Qt::TextWordWrap, measuredText());
  if (model_->particles() == nullptr) return;  // they would give the answer away
  painter.setPen(text);
  for (std::size_t k = 0; k < mixture.hills.size(); ++k)
    painter.drawText(shareBox(k, area), Qt::TextWordWrap, shareText(k));
}

MixtureStage::MixtureStage(LearnModel* model, QWidget* parent)
    : QWidget(parent), model_(model), plane_(new MixturePlane(model, this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(plane_, 1);
  auto* row = new QHBoxLayout;
  column->addLayout(row);
  play_ = new QToolButton(this);
  play_->setText(QStringLiteral("▶"));
  play_->setCheckable(true);
  play_->setFocusPolicy(Qt::StrongFocus);
  play_->setAccessibleName(tr("Play the particles"));
  play_->setToolTip(tr("Play the particles from noise to result"));
  slider_ = new QSlider(Qt::Horizontal, this);
  slider_->setAccessibleName(tr("Step of the particles"));
  slider_->setToolTip(tr("From noise on the left to the result on the right"));
  row->addWidget(play_);
  row->addWidget(slider_, 1);
  solvers_ = new QComboBox(this);
  solvers_->setAccessibleName(tr("Solver of the particles"));
  solvers_->setToolTip(tr("The solver whose particles are shown; questions are answered by the lesson's"));
  solvers_->setMinimumContentsLength(8);
  solvers_->setSizeAdjustPolicy(QComboBox::AdjustToContents);  // its solvers change with the lesson
  row->addWidget(solvers_);
  timer_.setInterval(kFrameMs);
  connect(&timer_, &QTimer::timeout, this, &MixtureStage::advance);
  connect(play_, &QToolButton::toggled, this, &MixtureStage::play);
  connect(slider_, &QSlider::valueChanged, this, [this](int step) {
    plane_->setStep(step);
    emit sentenceChanged();
  });
  connect(solvers_, &QComboBox::activated, this,
          [this](int index) { model_->chooseSolver(solvers_->itemData(index).toString().toStdString()); });
  connect(model, &LearnModel::stageChanged, this, &MixtureStage::take);
  connect(model, &LearnModel::lessonChanged, this, &MixtureStage::showSolvers);
  connect(model, &LearnModel::questionChanged, this, &MixtureStage::showSolvers);
  connect(model, &LearnModel::questionChanged, this, &MixtureStage::sentenceChanged);
  showSolvers();
}

void MixtureStage::take() {
  const auto* particles = model_->particles();
  const bool whole = particles != nullptr && !model_->awaitsParticles();
  slider_->setEnabled(whole);
  play_->setEnabled(whole);
  if (particles != nullptr) slider_->setRange(0, static_cast<int>(particles->steps.size()) - 1);
  if (!whole) {
    play_->setChecked(false);
    slider_->setValue(slider_->maximum());
    return emit sentenceChanged();
  }
  slider_->setValue(0);
  play_->setChecked(true);
  play(true);
  emit sentenceChanged();
}

void MixtureStage::showSolvers() {
  const auto* lesson = model_->lesson();
  solvers_->setVisible(lesson != nullptr && !lesson->others.empty());
  solvers_->setEnabled(model_->phase() != LearnModel::Phase::Running);
  solvers_->clear();
  if (solvers_->isHidden()) return;
  for (const auto& id : model_->solvers()) {
    solvers_->addItem(catalogueText(model_->catalogue().solver(id).label), QString::fromStdString(id));
    if (id == model_->chosenSolver()) solvers_->setCurrentIndex(solvers_->count() - 1);
  }
}

void MixtureStage::play(bool playing) {
  if (playing && slider_->value() == slider_->maximum()) slider_->setValue(0);
  playing ? timer_.start() : timer_.stop();
}

void MixtureStage::advance() {
  if (slider_->value() == slider_->maximum() || !isVisible()) return play_->setChecked(false);
  slider_->setValue(slider_->value() + 1);
}

QString MixtureStage::sentence() const {
  const auto* particles = model_->particles();
  if (particles == nullptr) {
    return model_->awaitsParticles()
               ? tr("The particles are on their way…")
               : tr("Blue: what the prior holds likely; orange: what prior and measurement say together. Predict where "
                    "the particles end.");
  }
  if (model_->awaitsParticles())
    return tr("%1 of %2 particles are there.").arg(particles->steps.back().size()).arg(LearnModel::kParticles);
  const auto step = static_cast<std::size_t>(slider_->value());
  if (step + 1 < particles->steps.size()) {
    return tr("%1 particles at t = <b>%2</b>. Blue: what the prior holds likely; orange: what prior and measurement "
              "say together.")
        .arg(particles->steps[step].size())
        .arg(particles->times[step]);
  }
  const auto numbers = numbersOfParticles(model_->mixture(), *particles, "now");
  return tr("Shares of the hills: <b>%1</b>, <b>%2</b>, <b>%3 %</b>; exact are %4, %5, %6 %. They miss y by <b>%7</b>; "
            "its "
            "noise is %8.")
      .arg(numbers.at("now.hill1"), 0, 'f', 0)
      .arg(numbers.at("now.hill2"), 0, 'f', 0)
      .arg(numbers.at("now.hill3"), 0, 'f', 0)
      .arg(numbers.at("now.exact1"), 0, 'f', 0)
      .arg(numbers.at("now.exact2"), 0, 'f', 0)
      .arg(numbers.at("now.exact3"), 0, 'f', 0)
      .arg(numberText(numbers.at("now.misfit"), 2), numberText(model_->mixture().sigma, 2));
}

}  // namespace p2l::ui
