namespace BlazorAgents.Data;

/// <summary>One thing that a tool on the provider's side gave. Which fields are set depends on <paramref name="Type"/>.</summary>
/// <param name="Type">"text", "image", "image_link", "file", "link" or "passage".</param>
/// <param name="Text">A text's or passage's words.</param>
/// <param name="MediaType">An image's type.</param>
/// <param name="Data">An image's bytes.</param>
/// <param name="Url">The address of a link or an image.</param>
/// <param name="Title">A link's title, a file's name.</param>
/// <param name="FileId">The provider's id of a file.</param>
/// <param name="ContainerId">The provider's id of the container that holds the file.</param>
/// <param name="Score">A passage's score, 0.0 to 1.0.</param>
public sealed record HostedToolPart(
    string Type,
    string? Text = null,
    string? MediaType = null,
    byte[]? Data = null,
    string? Url = null,
    string? Title = null,
    string? FileId = null,
    string? ContainerId = null,
    double? Score = null);
