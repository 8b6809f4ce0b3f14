// SPDX-License-Identifier: GPL-3.0-or-later
// The studio: p2l_studio [--language ID] [PHOTO...]
#include <QCommandLineParser>
#include <QIcon>
#include <QSettings>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "app/studio/message_stream.h"
#include "app/studio/studio.h"
#include "app/studio/studio_application.h"
#include "core/api/files.h"
#include "core/api/session.h"
#include "core/types/version.h"
#include "ui/language/language.h"
#include "ui/style/theme.h"

namespace {

const auto kLanguage = QStringLiteral("language");

void nameProgram() {
  QCoreApplication::setApplicationName(QStringLiteral("p2l-studio"));
  QCoreApplication::setOrganizationName(QStringLiteral("p2l-studio"));
  QCoreApplication::setApplicationVersion(QLatin1String(p2l::version()));
}

void addOptions(QCommandLineParser& parser) {
  parser.setApplicationDescription(QObject::tr("Restores photos with prompt-tuned latent diffusion (P2L)."));
  parser.addHelpOption();
  parser.addVersionOption();
  parser.addPositionalArgument(QStringLiteral("photo"),
                               QObject::tr("The photo to open, the sample photo without one; further "
                                           "ones are offered to the queue."),
                               QStringLiteral("[photo...]"));
  parser.addOption({kLanguage,
                    QObject::tr("Language of the window, %1; default: as chosen in the menu View, else the system's.")
                        .arg(p2l::ui::languageIds().join(QStringLiteral(", "))),
                    QObject::tr("language")});
}

/// What --language names, else what was chosen in the window. The sentence of a wrong one is empty where it is right.
QString languageOf(const QStringList& arguments, QString* problem) {
  QCommandLineParser parser;
  parser.addOption({kLanguage, {}, kLanguage});
  parser.parse(arguments);
  if (!parser.isSet(kLanguage)) return p2l::ui::chosenLanguage();
  const auto id = parser.value(kLanguage);
  if (!p2l::ui::languageIds().contains(id))
    *problem = QStringLiteral("--language must be one of %1, found %2.")
                   .arg(p2l::ui::languageIds().join(QStringLiteral(", ")), id);
  return id;
}

/// --help and --version are answered where no window can be opened, too.
void answerWithoutWindow(int argc, char** argv) {
  QCoreApplication application(argc, argv);
  nameProgram();
  QString problem;
  p2l::ui::applyLanguage(application, languageOf(QCoreApplication::arguments(), &problem));
  if (!problem.isEmpty()) {
    std::fprintf(stderr, "p2l_studio: %s\n", qPrintable(problem));
    std::exit(2);
  }
  QCommandLineParser parser;
  addOptions(parser);
  parser.parse(QCoreApplication::arguments());  // others are judged later: some are Qt's own
  if (parser.isSet(QStringLiteral("help"))) parser.showHelp();
  if (parser.isSet(QStringLiteral("version"))) parser.showVersion();
}

/// Qt explains a missing display in several paragraphs and ends with a core dump: one sentence in their place.
void sayThatThereIsNoWindow(QtMsgType type, const QMessageLogContext& context, const QString& text) {
  if (type != QtFatalMsg) {
    const bool of_platform = context.category != nullptr && std::strncmp(context.category, "qt.qpa", 6) == 0;
    if (!of_platform) std::fprintf(stderr, "%s\n", qPrintable(text));
    return;
  }
  std::string why = "DISPLAY is not set";
  if (const char* platform = std::getenv("QT_QPA_PLATFORM")) {
    why = std::string("QT_QPA_PLATFORM is ") + platform;
  } else if (const char* display = std::getenv("DISPLAY"); display != nullptr && *display != '\0') {
    why = std::string("the display ") + display + " cannot be reached";
  }
  std::fprintf(stderr,
               "p2l_studio: No window can be opened here (%s); the command line does the same work: see p2l --help.\n",
               why.c_str());
  std::_Exit(EXIT_FAILURE);
}

}  // namespace

int main(int argc, char** argv) {
  answerWithoutWindow(argc, argv);
  qInstallMessageHandler(sayThatThereIsNoWindow);
  p2l::app::StudioApplication application(argc, argv);
  p2l::app::writeMessagesToCopiedStream();
  nameProgram();
  QApplication::setApplicationDisplayName(QStringLiteral("P2L Studio"));
  QApplication::setDesktopFileName(QStringLiteral("org.p2lstudio.P2LStudio"));
  // The raster copy: a drawing would need Qt's SVG plugin.
  QApplication::setWindowIcon(
      QIcon(QString::fromStdString(p2l::resourceFolder()) + QStringLiteral("/icons/p2l-studio.png")));

  QString problem;
  p2l::ui::applyLanguage(application, languageOf(QCoreApplication::arguments(), &problem));
  QCommandLineParser parser;
  addOptions(parser);
  parser.process(application);

  p2l::ui::applyTheme(application, static_cast<p2l::ui::Theme>(QSettings().value(QStringLiteral("theme"), 0).toInt()));
  p2l::app::Studio studio;
  application.setWindow(&studio.window());
  const auto photos = parser.positionalArguments();
  studio.start(photos.value(0), photos.mid(1));
  const int code = QApplication::exec();
  application.setWindow(nullptr);
  return code;
}
