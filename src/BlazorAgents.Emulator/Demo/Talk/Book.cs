namespace BlazorAgents.Emulator.Demo.Talk;

/// <summary>A book of the demo's shop; tags say what it is like.</summary>
internal sealed record Book(string Title, string Author, int Year, string Genre, string Blurb, string Tags);
