package io.itinera.jobs.query;

import io.itinera.core.table.Table;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.View;
import java.util.List;
import java.util.stream.Stream;

/** What an engine that reads the warehouse calls tables, and how it makes views of them. */
public enum SqlDialect {
  SPARK {
    @Override
    String called(Table table, ItineraConfig config) {
      return name(table.name(), config);
    }

    @Override
    String name(String name, ItineraConfig config) {
      return ticked(config.database()) + "." + ticked(name);
    }

    @Override
    List<String> preparations(ItineraConfig config) {
      return List.of(
          "CREATE DATABASE IF NOT EXISTS %s LOCATION '%s'"
              .formatted(ticked(config.database()), escaped(folder(config))));
    }

    @Override
    String days(String from, String to) {
      return "datediff(%s, %s)".formatted(to, from);
    }

    @Override
    List<String> registration(Table table, ItineraConfig config) {
      return List.of(
          "CREATE TABLE IF NOT EXISTS %s USING delta LOCATION '%s/%s'"
              .formatted(called(table, config), escaped(folder(config)), table.name()));
    }

    private String ticked(String name) {
      return "`" + name.replace("`", "``") + "`";
    }

    private String escaped(String text) {
      return text.replace("\\", "\\\\").replace("'", "\\'");
    }
  },

  DUCKDB {
    @Override
    String called(Table table, ItineraConfig config) {
      return "delta_scan('%s/%s')".formatted(doubled(folder(config), "'"), table.name());
    }

    @Override
    String name(String name, ItineraConfig config) {
      return quoted(name);
    }

    @Override
    List<String> preparations(ItineraConfig config) {
      return List.of("INSTALL delta", "LOAD delta");
    }

    @Override
    List<String> naming(Table table, ItineraConfig config) {
      return List.of(
          "CREATE OR REPLACE VIEW %s AS%nSELECT * FROM %s"
              .formatted(name(table.name(), config), called(table, config)));
    }

    @Override
    List<String> registration(Table table, ItineraConfig config) {
      return List.of();
    }
  },

  TRINO {
    @Override
    String called(Table table, ItineraConfig config) {
      return name(table.name(), config);
    }

    @Override
    String name(String name, ItineraConfig config) {
      return quoted(config.database()) + "." + quoted(name);
    }

    @Override
    List<String> preparations(ItineraConfig config) {
      return List.of("CREATE SCHEMA IF NOT EXISTS " + quoted(config.database()));
    }

    /** Trino knows no statement that names a table only where it is not named yet. */
    @Override
    List<String> registration(Table table, ItineraConfig config) {
      return List.of();
    }
  };

  /** What the engine calls {@code table} in a query. */
  abstract String called(Table table, ItineraConfig config);

  /** What the engine calls a view. */
  abstract String name(String name, ItineraConfig config);

  /** What must be said once, before anything else. */
  abstract List<String> preparations(ItineraConfig config);

  /** What makes the engine know {@code table}. */
  abstract List<String> registration(Table table, ItineraConfig config);

  /** What makes the engine find {@code table} by its name, beside what views need. */
  List<String> naming(Table table, ItineraConfig config) {
    return registration(table, config);
  }

  /** What makes {@code view}. */
  String creation(View view, ItineraConfig config) {
    return "CREATE OR REPLACE VIEW %s AS%n%s"
        .formatted(name(view.name(), config), view.sql(engine(config)));
  }

  private View.Engine engine(ItineraConfig config) {
    return new View.Engine() {
      @Override
      public String called(Table table) {
        return SqlDialect.this.called(table, config);
      }

      @Override
      public String days(String from, String to) {
        return SqlDialect.this.days(from, to);
      }
    };
  }

  /** Days from one date to another. */
  String days(String from, String to) {
    return "date_diff('day', %s, %s)".formatted(from, to);
  }

  /**
   * All statements that make {@code views}, in their order, and tables of configured definitions.
   */
  public List<String> statements(List<View> views, ItineraConfig config) {
    Stream<Table> tables = views.stream().flatMap(view -> view.tables().stream()).distinct();
    return Stream.of(
            preparations(config).stream(),
            tables.flatMap(table -> registration(table, config).stream()),
            views.stream().map(view -> creation(view, config)),
            config.furtherTables().stream().flatMap(table -> naming(table, config).stream()))
        .flatMap(statements -> statements)
        .toList();
  }

  private static String folder(ItineraConfig config) {
    return config.warehouse().replaceAll("/+$", "");
  }

  private static String quoted(String name) {
    return "\"" + doubled(name, "\"") + "\"";
  }

  private static String doubled(String text, String quote) {
    return text.replace(quote, quote + quote);
  }
}
