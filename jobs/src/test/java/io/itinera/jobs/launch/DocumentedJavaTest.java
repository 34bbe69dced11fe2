package io.itinera.jobs.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the pages, as somebody copies it. */
class DocumentedJavaTest {

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\n(.*?)^```$");
  private static final Pattern NAME = Pattern.compile("\\b(?:class|record|interface) (\\w+)");

  @TempDir Path folder;

  @Test
  void compiles() throws IOException {
    List<JavaFileObject> sources = new ArrayList<>();
    try (Stream<Path> pages = Files.list(Path.of("../docs"))) {
      for (Path page : pages.filter(each -> each.toString().endsWith(".md")).sorted().toList()) {
        BLOCK
            .matcher(Files.readString(page))
            .results()
            .map(block -> new Source(page, block))
            .forEach(sources::add);
      }
    }
    assertThat(sources).isNotEmpty();

    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> told = new DiagnosticCollector<>();
    List<String> options =
        List.of(
            "-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
    compiler.getTask(null, null, told, options, null, sources).call();

    assertThat(told.getDiagnostics())
        .filteredOn(each -> each.getKind() == Diagnostic.Kind.ERROR)
        .isEmpty();
  }

  /** A block of a page; what the compiler says of it names the page. */
  private static final class Source extends SimpleJavaFileObject {

    private final String code;

    Source(Path page, MatchResult block) {
      super(
          URI.create(
              "page:///%s/%s.java"
                  .formatted(
                      page.getFileName(),
                      NAME.matcher(block.group(1))
                          .results()
                          .findFirst()
                          .map(name -> name.group(1))
                          .orElse("None"))),
          Kind.SOURCE);
      code = block.group(1);
    }

    @Override
    public CharSequence getCharContent(boolean ignoresErrors) {
      return code;
    }
  }
}
