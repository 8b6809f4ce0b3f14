// SPDX-License-Identifier: GPL-3.0-or-later
// kill -9 at random moments of runs, strokes, the queue and saving, and at the first changes on the disk: what the
// program had finished is there afterwards, each time. P2L_ROUNDS sets how many moments (default: 20; 50 in the long
// tests); where it is set, the program is killed at each of the changes, else at every fifteenth. The program is this
// test itself, started as a child that never stops working.
#include <QAbstractButton>
#include <QProcess>
#include <QQueue>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTimer>
#include <QWidget>
#include <QtTest>
#include <cstdio>

#include "core/api/files.h"
#include "core/archive/project.h"
#include "ui/base/frame_image.h"
#include "ui/base/run_keeper.h"
#include "ui/base/side_runs.h"
#include "ui/document/mask_editor.h"
#include "ui/document/run_model.h"
#include "ui/files/document_desk.h"
#include "ui/jobs/queue_model.h"
#include "ui/jobs/session_keeper.h"
#include "ui/widgets/message_bar.h"

using namespace p2l;

namespace {

constexpr int kSide = 64;
constexpr int kPatience = 60000;

/// The program at work.
class Child : public QObject {
 public:
  explicit Child(const QString& folder)
      : folder_(folder), desk_(&document_, &messages_, folder + QStringLiteral("/data"), &window_) {
    connect(document_.history(), &ui::RunKeeper::kept, this, [](const QString& id) { say("kept", id); });
    connect(&desk_, &ui::DocumentDesk::status, this, [](const QString& text) { say("status", text); });
    connect(desk_.session(), &ui::SessionKeeper::writing, this, [this] { writing_.enqueue(strokes_); });
    connect(desk_.session(), &ui::SessionKeeper::written, this,
            [this] { say("written", QString::number(writing_.dequeue())); });
    document_.setPhoto(ui::openPhotoFile(folder + QStringLiteral("/cat.png")));
    auto request = document_.request();
    request.mode = Mode::Restore;
    request.degradation().id = "inpaint";
    request.degradation().mask = "painted";
    document_.changeTask(request, nullptr, 1.0);
    document_.mask()->setBrushSize(1);
    connect(&timer_, &QTimer::timeout, this, &Child::act);
    timer_.start(7);
  }

 private:
  static void say(const char* what, const QString& text) {
    std::printf("%s %s\n", what, qPrintable(text));
    std::fflush(stdout);
  }
  void act() {
    stroke();
    ++turn_;
    if (turn_ % 5 == 0) step();
    if (turn_ % 9 == 0) desk_.saveProject(folder_ + QStringLiteral("/a.p2l"));
    if (turn_ % 7 != 0) return;
    desk_.queue()->setPaused(true);
    RestoreRequest request;
    const auto pictures = document_.pictures(request);
    desk_.queue()->add({folder_ + QStringLiteral("/cat.png")}, request, pictures, {}, false);
    say("queued", QString::fromStdString(desk_.queue()->jobs().back().id));
  }
  void stroke() {
    const QPointF pixel(strokes_ % kSide + 0.5, strokes_ / kSide % kSide + 0.5);
    document_.mask()->beginStroke(pixel);
    document_.mask()->endStroke(pixel);
    ++strokes_;
  }
  /// A run goes on by a step; with the third it ends.
  void step() {
    if (!document_.isRunning()) {
      document_.run();
      RunStart begun;
      begun.run_id = document_.runId();
      begun.steps = 3;
      document_.runStarted(begun);
      steps_ = 0;
    }
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->run_id = document_.runId();
    snapshot->report.step = ++steps_;
    snapshot->report.steps = 3;
    auto frame = std::make_shared<Frame>();
    frame->width = frame->height = kSide;
    frame->bytes.assign(std::size_t(kSide) * kSide * 3, std::uint8_t(turn_));
    snapshot->estimate = frame;
    document_.stepFinished(document_.runId(), snapshot->report);
    document_.picturesReady({snapshot});
    if (steps_ < 3) return;
    Outcome outcome;
    outcome.status = Outcome::Status::Completed;
    outcome.picture = imageFromFrame(*frame);
    outcome.report.request = document_.runRequest();
    document_.runFinished(document_.runId(), ui::resultFromOutcome(std::move(outcome), document_.runPictures()));
  }

  QString folder_;
  QWidget window_;
  ui::RunModel document_;
  ui::MessageBar messages_;
  ui::DocumentDesk desk_;
  QTimer timer_;
  QQueue<int> writing_;
  int strokes_ = 0, turn_ = 0, steps_ = 0;
};

}  // namespace

class KilledDeskTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  int kept_ = 0, queued_ = 0, saved_ = 0, strokes_ = 0;
  bool killed_ = false;  ///< at the change where it was to be

  QString at(const QString& name) const { return folder_.filePath(name); }
  QString data() const { return at(QStringLiteral("data")); }
  void startChild(QProcess* child) const {
    child->start(QCoreApplication::applicationFilePath(), {QStringLiteral("--child"), folder_.path()});
  }
  static QStringList saidBy(QProcess* child) {
    return QString::fromUtf8(child->readAllStandardOutput()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
  }
  /// Starts the program, kills it, and returns what it said; empty where it had not begun yet.
  QStringList killedAfter(int milliseconds) const {
    QProcess child;
    startChild(&child);
    if (!child.waitForReadyRead(kPatience)) return {};
    QTest::qWait(milliseconds);
    child.kill();  // SIGKILL
    child.waitForFinished(kPatience);
    return saidBy(&child);
  }
  /// The same of a program that is killed before its nth change in the folder of its data.
  QStringList killedAtChange(int nth) {
    const auto library = at(QStringLiteral("failing_disk.so"));  // LD_PRELOAD ends a name at a space
    if (!QFile::exists(library)) QFile::link(QStringLiteral(P2L_FAILING_DISK), library);
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LD_PRELOAD"), library);
    environment.insert(QStringLiteral("P2L_DISK"), QStringLiteral("%1:%2:-1").arg(data()).arg(nth));
    if (!environment.contains(QStringLiteral("ASAN_OPTIONS")))
      environment.insert(QStringLiteral("ASAN_OPTIONS"), QStringLiteral("verify_asan_link_order=0"));
    QProcess child;
    child.setProcessEnvironment(environment);
    startChild(&child);
    const bool ended = child.waitForFinished(kPatience);
    killed_ = ended && child.exitStatus() == QProcess::CrashExit;
    child.kill();
    child.waitForFinished(kPatience);
    return saidBy(&child);
  }
  static QStringList of(const QStringList& said, const QString& what) {
    QStringList texts;
    for (const auto& line : said) {
      if (line.startsWith(what + QLatin1Char(' '))) texts << line.mid(what.size() + 1);
    }
    return texts;
  }
  /// Brings the session back as a person does: every stroke that was written is in the mask, and the run that was in
  /// progress is in the history with its last picture.
  static void checkSession(const QString& data, int strokes) {
    const auto sessions = ui::SessionKeeper::left(data);
    if (strokes == 0) {
      for (const auto& session : sessions) ui::SessionKeeper::discard(session);
      return;
    }
    QVERIFY(!sessions.isEmpty());
    QWidget window;
    ui::RunModel document;
    ui::MessageBar messages;
    ui::DocumentDesk desk(&document, &messages, data, &window);
    QSignalSpy recalled(&document, &ui::RunModel::taskRecalled);
    QVERIFY(desk.offerLeftSession());
    for (auto* button : messages.findChildren<QAbstractButton*>()) {
      if (button->text() == QStringLiteral("Bring it back")) button->click();
    }
    QTRY_VERIFY_WITH_TIMEOUT(document.photo() != nullptr, kPatience);
    QCOMPARE(document.photo()->label, QStringLiteral("cat.png"));
    const auto mask = recalled.last().at(1).value<ui::JobPictures>().mask;
    for (int i = 0; i < std::min(strokes, kSide * kSide); ++i)
      QVERIFY2(mask.pixelColor(i % kSide, i / kSide).value() > 127, qPrintable(QStringLiteral("stroke %1").arg(i)));
    QCOMPARE(document.result() != nullptr, sessions.first().step > 0);
    QTRY_VERIFY_WITH_TIMEOUT(!QDir(sessions.first().folder).exists(), kPatience);
    if (document.result()) {
      const RunArchive history((data + QStringLiteral("/history")).toStdString());
      QVERIFY(QFile::exists(QString::fromStdString(history.resultPath(document.pastRuns().all().back().id))));
    }
    desk.close();
    for (const auto& session : ui::SessionKeeper::left(data)) ui::SessionKeeper::discard(session);
  }

  /// All that it said to be finished is there.
  void check(const QStringList& said) {
    RunArchive history((data() + QStringLiteral("/history")).toStdString());
    std::vector<std::string> damaged;
    QSet<QString> there;
    for (const auto& run : history.all(&damaged)) there << QString::fromStdString(run.id);
    QVERIFY2(damaged.empty(), damaged.empty() ? "" : damaged.front().c_str());
    for (const auto& id : of(said, QStringLiteral("kept"))) {
      QVERIFY2(there.contains(id), qPrintable(id));
      readPhoto(history.resultPath(id.toStdString()));
      ++kept_;
    }
    const JobQueue queue((data() + QStringLiteral("/queue")).toStdString());
    for (const auto& id : of(said, QStringLiteral("queued"))) {
      QVERIFY2(queue.find(id.toStdString()) != nullptr, qPrintable(id));
      ++queued_;
    }
    saved_ += static_cast<int>(of(said, QStringLiteral("status")).filter(QStringLiteral("Saved")).size());
    if (saved_ > 0) {
      RunArchive other(at(QStringLiteral("other")).toStdString());
      openProject(at(QStringLiteral("a.p2l")).toStdString(), other);  // throws where it is damaged
    }
    const auto written = of(said, QStringLiteral("written"));
    const int strokes = written.isEmpty() ? 0 : written.last().toInt();
    checkSession(data(), strokes);
    strokes_ += strokes;
    QDir(data() + QStringLiteral("/queue")).removeRecursively();
  }
  void sayHowMany(int kills) const {
    qInfo("%d kills: %d runs kept, %d jobs queued, %d projects saved, %d strokes written, none lost", kills, kept_,
          queued_, saved_, strokes_);
    QVERIFY(kept_ > 0 && queued_ > 0 && saved_ > 0 && strokes_ > 0);
  }

 private slots:
  void initTestCase() { writePhoto(Image(kSide, kSide, 3, 0.25f), at(QStringLiteral("cat.png")).toStdString(), ""); }
  void init() { kept_ = queued_ = saved_ = strokes_ = 0; }

  void nothingFinishedIsLost() {
    QRandomGenerator random(20240721);
    const int rounds = qEnvironmentVariableIsSet("P2L_ROUNDS") ? qEnvironmentVariableIntValue("P2L_ROUNDS") : 20;
    for (int round = 0; round < rounds; ++round) {
      check(killedAfter(static_cast<int>(random.bounded(700))));
      if (QTest::currentTestFailed()) return;
    }
    sayHowMany(rounds);
  }

  void norAtAnyOfTheFirstChangesOnTheDisk() {
    constexpr int kChanges = 600;                                       // until the session was written, too
    const int step = qEnvironmentVariableIsSet("P2L_ROUNDS") ? 1 : 15;  // each takes a second
    int kills = 0;
    for (int nth = 1; nth <= kChanges; nth += step, ++kills) {
      const auto said = killedAtChange(nth);
      QVERIFY2(killed_, qPrintable(QStringLiteral("at change %1").arg(nth)));
      check(said);
      if (QTest::currentTestFailed()) qWarning("killed at change %d", nth);
      if (QTest::currentTestFailed()) return;
    }
    sayHowMany(kills);
  }
};

int main(int argc, char** argv) {
  QApplication application(argc, argv);
  const auto arguments = QCoreApplication::arguments();
  if (arguments.size() == 3 && arguments[1] == QStringLiteral("--child")) {
    const Child child(arguments[2]);
    return QApplication::exec();
  }
  KilledDeskTest test;
  return QTest::qExec(&test, argc, argv);
}

#include "killed_desk_test.moc"
