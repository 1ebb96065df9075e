using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace BlazorAgents.Testing.Specification;

/// <summary>The fields of a multipart/form-data body.</summary>
internal static class MultipartBody
{
    /// <summary>Names and texts in order; a file's text is its name, for its content is checked nowhere.</summary>
    /// <exception cref="InvalidDataException">The body is not such a form.</exception>
    public static async Task<List<KeyValuePair<string, string>>> ReadAsync(string contentType, byte[] body)
    {
        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(contentType).Boundary).Value
            ?? throw new InvalidDataException("The multipart body names no boundary.");
        var reader = new MultipartReader(boundary, new MemoryStream(body));
        var fields = new List<KeyValuePair<string, string>>();
        try
        {
            while (await reader.ReadNextSectionAsync() is { } section)
            {
                var disposition = section.GetContentDispositionHeader() ?? throw new InvalidDataException("A part has no Content-Disposition.");
                var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? throw new InvalidDataException("A part has no name.");
                using var text = new StreamReader(section.Body, Encoding.UTF8);
                var content = await text.ReadToEndAsync();
                fields.Add(new(name, disposition.IsFileDisposition() ? disposition.FileName.Value ?? string.Empty : content));
            }
        }
        catch (IOException e)
        {
            throw new InvalidDataException(e.Message, e);
        }

        return fields;
    }
}
