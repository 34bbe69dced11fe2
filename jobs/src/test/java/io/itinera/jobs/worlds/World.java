package io.itinera.jobs.worlds;

import static io.itinera.jobs.worlds.Feature.CORRECTED;
import static io.itinera.jobs.worlds.Feature.FEWER_LINES;
import static io.itinera.jobs.worlds.Feature.PROFILES_GO;
import static io.itinera.jobs.worlds.Feature.REDATED;
import static io.itinera.jobs.worlds.Feature.WITHDRAWN;

import java.util.ArrayList;
import java.util.List;

/** A dozen people, what they do, and in which files it comes: all of it made of one seed. */
final class World {

  private final long seed;
  private final Moments moments;
  private final List<Person> people;
  private final List<Source> sources = new ArrayList<>();

  World(long seed, Moments moments) {
    this.seed = seed;
    this.moments = moments;
    this.people = Person.dozen(seed);
    Book desk = new Book();
    Book crm = new Book();
    add(new WebLife(), new Book());
    add(new TillLife(), new Book());
    add(new DeskLife(), desk);
    add(new ContactLife(), crm);
    add(new CostLife(), new Book());
    add(new GoneLife("gone_tickets", desk, WITHDRAWN), new Book());
    add(new GoneLife("gone_people", crm, PROFILES_GO), new Book());
  }

  private record Source(Life life, Book book, Shelf shelf) {}

  private void add(Life life, Book book) {
    Dice dice = Dice.of(seed, life.source());
    sources.add(new Source(life, book, new Shelf(life, moments.features(), dice)));
  }

  /** Lets the world live on until night {@code number}, from 1: what comes before it. */
  List<Drop> night(int number) {
    List<Drop> drops = new ArrayList<>();
    for (Source source : sources) {
      Tonight tonight = new Tonight(number, people, moments, dice(source, "lives", number));
      source.life().live(tonight, source.book());
      change(source, new Tonight(number, people, moments, dice(source, "changes", number)));
      Tonight late = new Tonight(number, people, moments, dice(source, "comes", number));
      drops.addAll(source.shelf().deliver(source.book(), late));
      source.book().close();
    }
    return drops;
  }

  /** Has somebody decide who is who before night {@code number}. */
  void decide(Steward steward, int number) {
    Dice dice = Dice.of(seed, "decides " + number);
    steward.decide(seed, new Tonight(number, people, moments, dice));
  }

  private static void change(Source source, Tonight tonight) {
    Book book = source.book();
    for (Line line : book.copy()) {
      if (tonight.has(CORRECTED, 0.08)) {
        book.put(source.life().corrected(line, tonight));
      }
      if (tonight.has(REDATED, 0.06)) {
        book.put(source.life().redated(line, tonight));
      }
      if (tonight.has(FEWER_LINES, 0.06)) {
        book.drop(line);
      }
    }
  }

  private Dice dice(Source source, String purpose, int number) {
    return Dice.of(seed, source.life().source() + " " + purpose + " " + number);
  }
}
