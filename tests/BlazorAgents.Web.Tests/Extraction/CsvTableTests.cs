using System.Text.Json;
using BlazorAgents.Testing;
using BlazorAgents.Web.Features.Extraction;
using CsCheck;

namespace BlazorAgents.Web.Tests.Extraction;

public sealed class CsvTableTests
{
    [Theory]
    [InlineData("""{"name":"Ann","email":"a@b.c"}""", "name,email\r\nAnn,a@b.c\r\n")]
    [InlineData("""{"a":"x,y","b":"say \"hi\"","c":"two\nlines","d":"a;b","e":" x "}""", "a,b,c,d,e\r\n\"x,y\",\"say \"\"hi\"\"\",\"two\nlines\",\"a;b\",\" x \"\r\n")]
    [InlineData("""{"n":-5,"d":1.50,"t":true,"z":null}""", "n,d,t,z\r\n-5,1.50,true,\r\n")]
    [InlineData("""{"p":{"city":"Oslo","zip":1},"tags":["x","y"]}""", "p.city,p.zip,tags\r\nOslo,1,\"x; y\"\r\n")]
    [InlineData("""[{"a":1},{"b":2,"a":3}]""", "a,b\r\n1,\r\n3,2\r\n")]
    [InlineData("""["x","y"]""", "value\r\nx\r\ny\r\n")]
    [InlineData("""{"rows":[{"a":1}]}""", "rows\r\n\"[{\"\"a\"\":1}]\"\r\n")]
    public void Json_BecomesATable(string json, string csv) => Assert.Equal(csv, CsvTable.Of(JsonElement.Parse(json)));

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+31 20 123", "'+31 20 123")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("＝1", "'＝1")]
    [InlineData("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"")]
    [InlineData("a=b", "a=b")]
    public void Formula_IsMadeText(string value, string cell)
    {
        var text = JsonSerializer.Serialize(value);

        Assert.Equal($"a\r\n{cell}\r\n", CsvTable.Of(JsonElement.Parse("{\"a\":" + text + "}")));
        Assert.Equal($"a\r\n{cell}\r\n", CsvTable.Of(JsonElement.Parse("{\"a\":[" + text + "]}")));
        Assert.StartsWith(cell + "\r\n", CsvTable.Of(JsonElement.Parse("{" + text + ":1}")), StringComparison.Ordinal);
    }

    [Fact]
    public void TableOfColumnsWithoutEnd_IsNotMade()
    {
        var json = "[" + string.Join(",", Enumerable.Range(0, 20_000).Select(index => $"{{\"k{index}\":1}}")) + "]";

        Assert.Null(CsvTable.Of(JsonElement.Parse(json)));
        Assert.Null(CsvTable.Of(JsonElement.Parse("[\"a\",\"b\"]"), maxLength: 10));
    }

    [Fact]
    public void HalfACharacter_IsNoError() =>
        Assert.Equal("a\r\n\"\"\"\\ud800\"\"\"\r\n", CsvTable.Of(JsonElement.Parse("""{"a":"\ud800","\ud800":1}""")));

    [Fact]
    public void AnyCells_ReadBack_AreTheSame() =>
        Property.HoldsFor(Gen.String[Gen.Char["ab,\"\r\n; '"], 0, 8].Array[1, 5], cells =>
        {
            var json = JsonSerializer.Serialize(cells.Index().ToDictionary(cell => $"c{cell.Index}", cell => cell.Item));
            var read = Parse(CsvTable.Of(JsonElement.Parse(json))!);
            Assert.Equal(2, read.Count);
            Assert.Equal(cells.Select(cell => cell is ['\r' or '\n', ..] ? "'" + cell : cell), read[1]);
        });

    // A reader of its own, as RFC 4180 describes it.
    private static List<List<string>> Parse(string csv)
    {
        List<List<string>> rows = [[]];
        var cell = "";
        var isQuoted = false;
        for (var i = 0; i < csv.Length; i++)
        {
            if (isQuoted && csv[i] is '"' && i + 1 < csv.Length && csv[i + 1] is '"')
            {
                cell += csv[++i];
            }
            else if (csv[i] is '"')
            {
                isQuoted = !isQuoted;
            }
            else if (isQuoted)
            {
                cell += csv[i];
            }
            else if (csv[i] is ',')
            {
                rows[^1].Add(cell);
                cell = "";
            }
            else if (csv[i] is '\r' && csv[i + 1] is '\n')
            {
                i++;
                rows[^1].Add(cell);
                rows.Add([]);
                cell = "";
            }
            else
            {
                cell += csv[i];
            }
        }

        rows.RemoveAt(rows.Count - 1);
        return rows;
    }
}
