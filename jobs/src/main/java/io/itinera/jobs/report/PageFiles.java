package io.itinera.jobs.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** The files of a report: a folder a language, the licences of what pages bring along. */
final class PageFiles {

  private static final String ENTRY = "index.html";
  private static final List<String> LICENCES =
      List.of(
          "echarts-LICENSE.txt",
          "echarts-NOTICE.txt",
          "noto-sans-OFL.txt",
          "noto-sans-arabic-OFL.txt",
          "tslib-LICENSE.txt",
          "zrender-LICENSE.txt");

  private final Path folder;
  private final Configuration hadoop;
  private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);

  /**
   * @param folder of the report
   * @param hadoop settings of file systems
   */
  PageFiles(Path folder, Configuration hadoop) {
    this.folder = folder;
    this.hadoop = hadoop;
  }

  /** Writes the short form of {@code sheets}, and returns the text of it in each language. */
  List<Path> writeShort(Sheets sheets) throws IOException {
    List<Path> texts = new ArrayList<>();
    try (ShortForm form = new ShortForm(sheets)) {
      for (Language language : sheets.languages()) {
        String place = language.code() + "/";
        for (Map.Entry<String, byte[]> file : form.files(language).entrySet()) {
          write(place + file.getKey(), file.getValue());
        }
        texts.add(new Path(folder, place + ShortForm.FILE));
      }
    }
    return texts;
  }

  /** Writes all pages of {@code sheets}, and returns the page to open first. */
  Path write(Sheets sheets) throws IOException {
    for (Language language : sheets.languages()) {
      for (Page page : Pages.ALL) {
        PageView view = PageView.of(page, language, sheets);
        write(language.code() + "/" + fileOf(page), rendered(page.template(), view));
      }
    }
    for (String licence : LICENCES) {
      write("licences/" + licence, Bundle.bytes("bundle/licences/" + licence));
    }
    write(
        ENTRY, rendered("report/entry.jte", PageView.of(Pages.ALL.get(0), first(sheets), sheets)));
    return new Path(folder, ENTRY);
  }

  private static Language first(Sheets sheets) {
    return sheets.languages().get(0);
  }

  static String fileOf(Page page) {
    return page == Pages.ALL.get(0) ? ENTRY : page.name() + ".html";
  }

  private byte[] rendered(String template, PageView view) {
    StringOutput html = new StringOutput();
    templates.render(template, view, html);
    return html.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path file = new Path(folder, name);
    FileSystem files = file.getFileSystem(hadoop);
    // Files with checksums beside the pages would puzzle whoever opens the folder.
    FileSystem plain = files instanceof LocalFileSystem local ? local.getRaw() : files;
    try (OutputStream out = plain.create(file, true)) {
      out.write(bytes);
    }
  }
}
